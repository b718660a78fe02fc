package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.db.aws.FakeSecretsManager;
import com.cruddur.db.aws.RdsIamCredentials;
import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsProviderTest {

  private static final String FIRST = "Kan4rie/first";
  private static final String SECOND = "Kan4rie/second";

  private static SecureServer server;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    server = new SecureServer();
    server.execute("CREATE ROLE ann LOGIN", "CREATE ROLE bob LOGIN");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void setPassword() throws Exception {
    server.execute("ALTER ROLE ann PASSWORD '" + FIRST + "'");
    server.execute("ALTER ROLE bob PASSWORD '" + FIRST + "'");
  }

  /** Answers one after the other, and notes which it was asked. */
  private record Answers(Queue<Credentials> next, Queue<String> asked)
      implements CredentialsProvider {

    static Answers of(String user, String... passwords) {
      Queue<Credentials> next = new ArrayDeque<>();
      for (String password : passwords) {
        next.add(new Credentials(user, password));
      }
      return new Answers(next, new ArrayDeque<>());
    }

    @Override
    public Credentials credentials(ConnectionUrl url) {
      asked.add("credentials");
      return next.remove();
    }

    @Override
    public Credentials afterRefusal(ConnectionUrl url, Credentials refused) {
      asked.add("afterRefusal");
      assertThat(refused.password()).isEqualTo(SECOND);
      return next.remove();
    }
  }

  @Test
  void isAskedForEachNewConnection() throws Exception {
    Answers answers = Answers.of("ann", FIRST, FIRST);
    try (HikariDataSource pool = pool("ann", answers);
        Connection one = pool.getConnection();
        Connection two = pool.getConnection()) {
      assertThat(one.isValid(1) && two.isValid(1)).isTrue();
    }
    assertThat(answers.asked()).containsExactly("credentials", "credentials");
  }

  @Test
  void isAskedOnceMoreAfterARefusedLogin() throws Exception {
    Answers answers = Answers.of("ann", SECOND, FIRST);
    try (HikariDataSource pool = pool("ann", answers);
        Connection connection = pool.getConnection()) {
      assertThat(connection.isValid(1)).isTrue();
    }
    assertThat(answers.asked()).containsExactly("credentials", "afterRefusal");
  }

  @Test
  void isNotAskedAThirdTime() {
    Answers answers = Answers.of("ann", SECOND, "also wrong", FIRST);
    assertThatThrownBy(() -> open(server.port(), "ann", answers))
        .isInstanceOf(ConnectionFailedException.class);
    assertThat(answers.asked()).containsExactly("credentials", "afterRefusal");
  }

  @Test
  void isNotAskedAgainWhenTheLoginFailedForAnotherReason() {
    Answers answers = Answers.of("ann", FIRST, FIRST);
    assertThatThrownBy(() -> open(1, "ann", answers))
        .isInstanceOf(ConnectionFailedException.class)
        .hasMessageContaining("nothing listens there");
    assertThat(answers.asked()).containsExactly("credentials");
  }

  @Test
  void costsOneLoginWhenItAnswersTheSameAgain() throws Exception {
    try (CommitCutter network = new CommitCutter(server.port())) {
      CredentialsProvider wrong = CredentialsProvider.fixed("ann", SECOND);
      assertThatThrownBy(() -> open(network.port(), "ann", wrong))
          .hasMessageContaining("as user ann")
          .hasMessageContaining("28P01")
          .hasMessageContaining("CredentialsProvider has no others");
      assertThat(network.connections()).isEqualTo(1);
    }
  }

  @Test
  void decidesWhoLogsInWhateverTheUrlSays() {
    try (CruddurDb db = open(server.port(), "nobody", CredentialsProvider.fixed("bob", FIRST))) {
      assertThat(db.dsl().fetchValue("SELECT current_user")).isEqualTo("bob");
    }
  }

  @Test
  void readsAMountedFileForEachConnection() throws Exception {
    Path password = Files.writeString(folder.resolve("password"), FIRST + "\n");
    try (HikariDataSource pool = pool("ann", CredentialsProvider.passwordFile(password));
        Connection first = pool.getConnection()) {
      server.execute("ALTER ROLE ann PASSWORD '" + SECOND + "'");
      Files.writeString(password, SECOND + "\r\n");
      try (Connection second = pool.getConnection()) {
        assertThat(first.isValid(1) && second.isValid(1)).isTrue();
      }
    }
  }

  @Test
  void readsTheUserFromAFileToo() throws Exception {
    Path user = Files.writeString(folder.resolve("username"), "ann");
    Path password = Files.writeString(folder.resolve("password"), FIRST);
    try (CruddurDb db = open(server.port(), "nobody", CredentialsProvider.files(user, password))) {
      Files.writeString(user, "bob");
      assertThat(db.dsl().fetchValue("SELECT current_user")).isEqualTo("ann");
      db.dataSource().unwrap(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
      assertThat(db.dsl().fetchValue("SELECT current_user")).isEqualTo("bob");
    }
  }

  @Test
  void namesTheFileThatCannotBeRead() throws Exception {
    Path missing = folder.resolve("nothing");
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 1});
    Path image = Files.write(folder.resolve("image"), new byte[70_000]);
    for (Path file : List.of(missing, empty, binary, image)) {
      assertThatThrownBy(() -> open(server.port(), "ann", CredentialsProvider.passwordFile(file)))
          .isInstanceOf(ConnectionFailedException.class)
          .hasMessageContaining("No credentials: The file " + file);
    }
  }

  @Test
  void showsNoPasswordAnywhere() {
    CredentialsProvider fixed = CredentialsProvider.fixed("ann", SECOND);
    StringWriter shown = new StringWriter();
    shown.write(fixed + " " + fixed.credentials(url(1, "ann")));
    assertThatThrownBy(() -> open(server.port(), "ann", fixed))
        .satisfies(failure -> failure.printStackTrace(new PrintWriter(shown)));
    assertThat(shown.toString()).contains("ann").doesNotContain("Kan4rie");
  }

  /** RDS checks the signature; this server is told the token that it is to expect. */
  @Test
  void logsInWithATokenForAPassword() {
    RdsIamCredentials tokens =
        RdsIamCredentials.builder()
            .region("eu-central-1")
            .awsCredentials(FakeSecretsManager.identities())
            .build();
    CredentialsProvider expected =
        url -> {
          Credentials credentials = tokens.credentials(url);
          String token = credentials.password();
          assertThatCode(() -> server.execute("ALTER ROLE ann PASSWORD '" + token + "'"))
              .doesNotThrowAnyException();
          return credentials;
        };
    PoolSettings settings = PoolSettings.builder().maximumSize(1).credentials(expected).build();
    ConnectionUrl url =
        ConnectionUrl.parse(
            "postgresql://ann@localhost:" + server.port() + "/postgres?sslmode=require");
    try (CruddurDb db = CruddurDb.builder().url(url).pool(settings).build()) {
      assertThat(db.dsl().fetchValue("SELECT current_user")).isEqualTo("ann");
    }
  }

  @Test
  void needsTheNameOfAUser() {
    assertThatThrownBy(() -> new Credentials(" ", "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name of a user");
  }

  private static HikariDataSource pool(String user, CredentialsProvider provider) {
    PoolSettings settings =
        PoolSettings.builder().minimumIdle(0).maximumSize(2).credentials(provider).build();
    return PoolFactory.create(url(server.port(), user), settings);
  }

  private static CruddurDb open(int port, String user, CredentialsProvider provider) {
    PoolSettings settings = PoolSettings.builder().maximumSize(1).credentials(provider).build();
    return CruddurDb.builder().url(url(port, user)).pool(settings).build();
  }

  private static ConnectionUrl url(int port, String user) {
    String userInfo = user.equals("nobody") ? "" : user + "@";
    return ConnectionUrl.parse("postgresql://" + userInfo + "localhost:" + port + "/postgres");
  }
}
