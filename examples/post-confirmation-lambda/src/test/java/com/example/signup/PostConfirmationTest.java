package com.example.signup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostConfirmationTest {

  private static final String SIGN_UP = "PostConfirmation_ConfirmSignUp";
  private static Database database;
  private static Function function;

  @BeforeAll
  static void start() throws Exception {
    database = new Database();
    function = new Function(database.url());
  }

  @AfterAll
  static void stop() throws IOException {
    function.close();
    database.close();
  }

  private static String event(String trigger, UUID sub, String attributes) {
    return """
        {"version":"1","triggerSource":"%s","region":"eu-central-1","userPoolId":"pool","userName":"%s",
         "callerContext":{"awsSdkVersion":"3","clientId":"client"}, "of_the_future": [1, {"a": null}],
         "request":{"userAttributes":{"sub":"%s","email_verified":"true"%s},"more":{"deep":[true]}},
         "response":{}}"""
        .formatted(trigger, sub, sub, attributes);
  }

  private static String person(String handle) {
    return ",\"name\":\"Londo \\u201cMollari\\u201d\",\"preferred_username\":\"%s\",\"email\":\"%s@example.org\""
        .formatted(handle, handle);
  }

  private static String row(UUID sub) throws Exception {
    return database.value(
        "SELECT display_name || '|' || handle || '|' || coalesce(email, '-') FROM users WHERE cognito_user_id = '%s'"
            .formatted(sub));
  }

  @Test
  void insertsTheUserAndReturnsTheEventAsItCame() throws Exception {
    UUID sub = UUID.randomUUID();
    String event = event(SIGN_UP, sub, person("londo"));
    assertThat(function.call(event)).isEqualTo(new RuntimeApi.Answer(false, event));
    assertThat(row(sub)).isEqualTo("Londo \u201cMollari\u201d|londo|londo@example.org");
  }

  @Test
  void insertsOnceWhateverCognitoRepeats() throws Exception {
    UUID sub = UUID.randomUUID();
    String event = event(SIGN_UP, sub, person("vir"));
    for (int i = 0; i < 3; i++) {
      assertThat(function.call(event).failed()).isFalse();
    }
    assertThat(database.value("SELECT count(*) FROM users WHERE handle = 'vir'")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PostConfirmation_ConfirmForgotPassword",
        "PreSignUp_SignUp",
        "PreSignUp_AdminCreateUser",
        "PreSignUp_ExternalProvider",
        "PreAuthentication_Authentication",
        "PostAuthentication_Authentication",
        "TokenGeneration_Authentication",
        "UserMigration_Authentication",
        "CustomMessage_SignUp",
        "DefineAuthChallenge_Authentication",
        "CreateAuthChallenge_Authentication",
        "VerifyAuthChallengeResponse_Authentication",
        "SomethingNew"
      })
  void insertsNobodyForAnotherTrigger(String trigger) throws Exception {
    UUID sub = UUID.randomUUID();
    String event = event(trigger, sub, person("nobody"));
    assertThat(function.call(event)).isEqualTo(new RuntimeApi.Answer(false, event));
    assertThat(row(sub)).isNull();
  }

  @Test
  void hasAnAnswerToMissingAttributes() throws Exception {
    UUID sub = UUID.randomUUID();
    assertThat(function.call(event(SIGN_UP, sub, "")).failed()).isFalse();
    String handle = "user-" + sub.toString().substring(0, 8);
    assertThat(row(sub)).isEqualTo(handle + "|" + handle + "|-");
    UUID nameless = UUID.randomUUID();
    function.call(event(SIGN_UP, nameless, ",\"preferred_username\":\"gkar\",\"name\":\" \""));
    assertThat(row(nameless)).isEqualTo("gkar|gkar|-");
  }

  @Test
  void failsWhenTheHandleIsTakenAndSaysNothingAboutThePerson() throws Exception {
    assertThat(function.call(event(SIGN_UP, UUID.randomUUID(), person("lennier"))).failed())
        .isFalse();
    UUID sub = UUID.randomUUID();
    RuntimeApi.Answer answer = function.call(event(SIGN_UP, sub, person("Lennier")));
    assertThat(answer.failed()).isTrue();
    assertThat(answer.body()).contains("HandleTakenException");
    assertThat(row(sub)).isNull();
    assertThat(function.log())
        .contains("\"outcome\":\"failed\",\"error\":\"HandleTakenException\"")
        .contains("\"outcome\":\"inserted\",\"ms\":")
        .doesNotContainIgnoringCase("lennier")
        .doesNotContain("Mollari", "example.org", sub.toString(), Database.PASSWORD);
    assertThat(answer.body()).doesNotContainIgnoringCase("lennier");
  }

  @Test
  void goesOnAfterBeingFrozenWhileItsSessionsEnded() throws Exception {
    assertThat(function.call(event(SIGN_UP, UUID.randomUUID(), person("zathras"))).failed())
        .isFalse();
    function.freeze();
    database.endSessions();
    Thread.sleep(1_000);
    function.thaw();
    UUID sub = UUID.randomUUID();
    assertThat(function.call(event(SIGN_UP, sub, person("sinclair")))).matches(a -> !a.failed());
    assertThat(row(sub)).isNotNull();
  }

  @Test
  void goesOnAfterARestartOfTheDatabase() throws Exception {
    assertThat(function.call(event(SIGN_UP, UUID.randomUUID(), person("kosh"))).failed()).isFalse();
    database.restart();
    UUID sub = UUID.randomUUID();
    assertThat(function.call(event(SIGN_UP, sub, person("ulkesh")))).matches(a -> !a.failed());
    assertThat(row(sub)).isNotNull();
  }

  @Test
  void tellsADatabaseThatIsDownAndGoesOnWhenItIsBack() throws Exception {
    UUID sub = UUID.randomUUID();
    String event = event(SIGN_UP, sub, person("marcus"));
    RuntimeApi.Answer down = database.whileDown(() -> function.call(event));
    assertThat(down.failed()).isTrue();
    assertThat(down.body()).contains("ConnectionFailedException", "nothing listens there");
    assertThat(function.call(event)).matches(a -> !a.failed());
    assertThat(row(sub)).isNotNull();
  }

  @Test
  void takesTheNewPasswordWhenTheSecretIsRotated() throws Exception {
    database.execute("CREATE ROLE rotated LOGIN IN ROLE cruddur_app PASSWORD 'canary-old'");
    try (SecretsManager secrets = new SecretsManager("rotated", "canary-old");
        Function rotating = new Function(database.url("rotated"), secrets.variables())) {
      assertThat(rotating.call(event(SIGN_UP, UUID.randomUUID(), person("zack"))))
          .matches(a -> !a.failed());
      database.execute("ALTER ROLE rotated PASSWORD 'canary-new'");
      secrets.rotate("canary-new");
      database.endSessions();
      UUID sub = UUID.randomUUID();
      assertThat(rotating.call(event(SIGN_UP, sub, person("lyta")))).matches(a -> !a.failed());
      assertThat(row(sub)).isNotNull();
      assertThat(secrets.requests()).isEqualTo(2);
      assertThat(rotating.log()).doesNotContain("canary-old", "canary-new");
    }
  }

  @Test
  void endsInAnErrorWithinThreeSecondsWhenTheDatabaseIsSilent() throws Exception {
    // Accepts connections, and never says a word.
    try (ServerSocket silent = new ServerSocket(0);
        Function lost =
            new Function(
                "postgresql://signup:%s@localhost:%d/postgres?sslmode=verify-full"
                    .formatted(Database.PASSWORD, silent.getLocalPort()))) {
      assertThat(lost.call(event("SomethingElse", UUID.randomUUID(), "")).failed()).isFalse();
      Instant start = Instant.now();
      RuntimeApi.Answer answer = lost.call(event(SIGN_UP, UUID.randomUUID(), person("ivanova")));
      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(3));
      assertThat(answer.failed()).isTrue();
      assertThat(answer.body()).contains("ConnectionFailedException").contains("localhost");
      assertThat(lost.log() + answer.body())
          .doesNotContain("ivanova", "Mollari", "example.org", Database.PASSWORD);
    }
  }

  @Test
  void endsInAnErrorWithinThreeSecondsWhenTheTableIsLocked() throws Exception {
    UUID sub = UUID.randomUUID();
    String event = event(SIGN_UP, sub, person("delenn"));
    try (AutoCloseable lock = database.lockUsers()) {
      Instant start = Instant.now();
      RuntimeApi.Answer answer = function.call(event);
      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(3));
      assertThat(answer.failed()).isTrue();
    }
    assertThat(function.call(event).failed()).isFalse();
    assertThat(row(sub)).startsWith("Londo");
  }

  @Test
  void packsOnlyWhatItNeeds() throws IOException {
    assertThat(Files.size(Function.ZIP)).isLessThan(12_000_000L);
    try (ZipFile zip = new ZipFile(Function.ZIP.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .noneMatch(name -> name.matches(".*(flyway|junit|embedded|testkit|migrations).*"));
    }
  }
}
