package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords and certificates, against a server that asks for them. */
class SecureConnectionTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration CONNECT_TIMEOUT_WITH_SLACK = Duration.ofSeconds(5 + 2);
  private static SecureServer server;
  private static Path root;

  @BeforeAll
  static void start() throws Exception {
    server = new SecureServer();
    server.execute("CREATE ROLE ann LOGIN PASSWORD 'right'");
    root = server.rootCertificate(server.authority);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void verifiesTheRightCertificate() {
    assertThat(isEncrypted(verifying("verify-full", root))).isTrue();
  }

  @Test
  void refusesACertificateForAnotherHostOnlyWhenTheNameCounts() throws Exception {
    server.show(server.authority.sign("other.example", Duration.ofDays(1)));
    try {
      assertRefused(
          verifying("verify-full", root),
          "Connect by the name that is in the server's certificate");
      assertThat(isEncrypted(verifying("verify-ca", root))).isTrue();
    } finally {
      server.show(server.good);
    }
  }

  @Test
  void refusesAnUnknownAuthorityAlsoByRequireWithARoot() throws Exception {
    Path unknown = server.rootCertificate(TestCertificate.authority("Unknown"));
    assertRefused(verifying("verify-ca", unknown), "authority that is not trusted here");
    assertRefused(verifying("require", unknown), "authority that is not trusted here");
    assertThat(isEncrypted(verifying("require", root))).isTrue();
  }

  @Test
  void verifiesByRequireWhereTheUserHasARootCertificate(@TempDir Path home) throws Exception {
    Path standard = Files.createDirectory(home.resolve(".postgresql")).resolve("root.crt");
    String usual = System.getProperty("user.home");
    System.setProperty("user.home", home.toString());
    try {
      assertThat(isEncrypted(url("ann:right", "?sslmode=require"))).isTrue();
      Files.copy(server.rootCertificate(TestCertificate.authority("Unknown")), standard);
      assertRefused(url("ann:right", "?sslmode=require"), "authority that is not trusted here");
      assertRefused(url("ann:right", "?ssl=true"), "authority that is not trusted here");
      assertThat(isEncrypted(url("ann:right", "?sslmode=prefer"))).isTrue();
      Files.copy(root, standard, StandardCopyOption.REPLACE_EXISTING);
      assertThat(isEncrypted(url("ann:right", "?sslmode=require"))).isTrue();
    } finally {
      System.setProperty("user.home", usual);
    }
  }

  @Test
  void refusesAnExpiredCertificate() throws Exception {
    server.show(server.authority.sign("localhost", Duration.ofHours(-1)));
    try {
      assertRefused(verifying("verify-full", root), "has expired");
    } finally {
      server.show(server.good);
    }
  }

  @Test
  void doesNotTrustAPrivateAuthorityForTheSystem() {
    assertRefused(url("ann:right", "?sslrootcert=system"), "authority that is not trusted here");
  }

  @Test
  void refusesAServerWithoutTls() {
    ConnectionUrl plain =
        ConnectionUrl.parse(
            "postgresql://postgres@" + TestServer.url().hosts().get(0) + "/d?sslmode=require");
    assertRefused(plain, "does not support SSL", "Turn TLS on at the server");
  }

  @Test
  void namesAMissingFile() {
    assertRefused(verifying("verify-full", Path.of("/nowhere/root.crt")), "sslrootcert");
  }

  @Test
  void saysWhichParameterDoesNotFitTheServer() {
    assertRefused(url("ann:right", "?require_auth=md5"), "08004", "change require_auth");
    assertRefused(url("ann:right", "?gssencmode=require"), "08004", "gssencmode=prefer or disable");
    assertRefused(
        url("ann:right", "?sslmode=disable&channel_binding=require"),
        "08004",
        "channel_binding=prefer");
    assertRefused(url("ann:right", "?options=-c%20nonsense%3D1"), "42704", "Correct options");
  }

  @Test
  void saysThatThePasswordIsWrongOrMissing() {
    assertRefused(url("ann:wrong", ""), "28P01", "as user ann", "Correct user and password");
    assertRefused(url("ann", ""), "08004", "Check the password");
  }

  @Test
  void tellsEveryWaitingCallerAtOnceWhenTheLoginIsRefused() throws Exception {
    PoolSettings patient = PoolSettings.builder().maximumSize(2).acquireTimeout(LONG).build();
    try (HikariDataSource pool = PoolFactory.create(url("ann:wrong", ""), patient);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long start = System.nanoTime();
      List<Future<Connection>> waiting = new ArrayList<>();
      for (int caller = 0; caller < 50; caller++) {
        waiting.add(threads.submit((Callable<Connection>) pool::getConnection));
      }
      for (Future<Connection> one : waiting) {
        assertThatThrownBy(one::get).hasStackTraceContaining("28P01");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }
  }

  @Test
  void tellsAtOnceWhenAPoolInUseLosesItsLogin() throws Exception {
    server.execute("CREATE ROLE bob LOGIN PASSWORD 'right'");
    PoolSettings patient = PoolSettings.builder().maximumSize(2).acquireTimeout(LONG).build();
    try (HikariDataSource pool = PoolFactory.create(url("bob:right", ""), patient)) {
      pool.getConnection().close();
      server.execute(
          "ALTER ROLE bob PASSWORD 'rotated'",
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'bob'");
      // A connection used in the last half second is lent without a check.
      Thread.sleep(700);
      long start = System.nanoTime();
      SQLException failure = catchThrowableOfType(SQLException.class, pool::getConnection);
      assertThat(failure.getSQLState()).isEqualTo("28P01");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
      server.execute("ALTER ROLE bob PASSWORD 'right'");
      pool.getConnection().close();
    }
  }

  private static ConnectionUrl verifying(String mode, Path rootCertificate) {
    return url("ann:right", "?sslmode=" + mode + "&sslrootcert=" + rootCertificate);
  }

  private static ConnectionUrl url(String userInfo, String parameters) {
    return ConnectionUrl.parse(
        "postgresql://" + userInfo + "@localhost:" + server.port() + "/postgres" + parameters);
  }

  private static boolean isEncrypted(ConnectionUrl url) {
    try (CruddurDb db = CruddurDb.open(url)) {
      String sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
      return Boolean.TRUE.equals(db.dsl().fetchValue(sql));
    }
  }

  private static void assertRefused(ConnectionUrl url, String... parts) {
    long start = System.nanoTime();
    assertThatThrownBy(() -> CruddurDb.open(url).close())
        .isInstanceOf(ConnectionFailedException.class)
        .message()
        .contains(parts)
        .contains(" as user " + url.user().orElseThrow() + ": ");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(CONNECT_TIMEOUT_WITH_SLACK);
  }
}
