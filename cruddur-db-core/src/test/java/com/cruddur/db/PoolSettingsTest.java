package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolSettingsTest {

  private static final Map<String, String> LAMBDA = Map.of("AWS_LAMBDA_FUNCTION_NAME", "sign-up");

  @Test
  void setsTheTimeOutsOfTheSessionWithoutARoundTrip() {
    try (CruddurDb db = CruddurDb.open(TestServer.url())) {
      assertThat(shown(db, "statement_timeout")).isEqualTo("30s");
      assertThat(shown(db, "lock_timeout")).isEqualTo("10s");
      assertThat(shown(db, "idle_in_transaction_session_timeout")).isEqualTo("1min");
    }
  }

  @Test
  void letsTheUrlOverrideTheTimeOutsOfTheSession() {
    ConnectionUrl url =
        withParameters(
            "options=-c%20lock_timeout%3D7s%20-c%20work_mem%3D5MB&application_name=feed");
    try (CruddurDb db = CruddurDb.open(url)) {
      assertThat(shown(db, "lock_timeout")).isEqualTo("7s");
      assertThat(shown(db, "work_mem")).isEqualTo("5MB");
      assertThat(shown(db, "statement_timeout")).isEqualTo("30s");
      assertThat(shown(db, "application_name")).isEqualTo("feed");
    }
  }

  @Test
  void namesTheProgramInTheListOfSessions() {
    PoolSettings settings = PoolSettings.builder().applicationName("cruddur backend").build();
    try (CruddurDb db = CruddurDb.builder().url(TestServer.url()).pool(settings).build()) {
      assertThat(shown(db, "application_name")).isEqualTo("cruddur backend");
    }
  }

  @Test
  void sendsNoStartUpOptionsThroughATransactionPooler() {
    PoolSettings settings = PoolSettings.builder().transactionPooler().build();
    Properties properties = DriverProperties.of(TestServer.url(), settings);
    assertThat(properties).doesNotContainKey("options").containsEntry("prepareThreshold", "0");
    try (CruddurDb db = CruddurDb.builder().url(TestServer.url()).pool(settings).build()) {
      assertThat(shown(db, "statement_timeout")).isEqualTo("0");
    }
  }

  @Test
  void isSmallOnLambda() {
    PoolSettings settings = PoolSettings.builder(LAMBDA, new Properties()).build();
    assertThat(settings.applicationName()).isEqualTo("sign-up");
    assertThat(DriverProperties.of(TestServer.url(), settings))
        .containsEntry("loginTimeout", "2")
        .containsEntry("connectTimeout", "2");
    try (HikariDataSource pool = PoolFactory.create(TestServer.url(), settings)) {
      assertThat(pool.getMaximumPoolSize()).isEqualTo(2);
      assertThat(pool.getMinimumIdle()).isZero();
      assertThat(pool.getIdleTimeout()).isEqualTo(10_000);
    }
  }

  @Test
  void givesThePoolWhatWasSet() {
    PoolSettings settings =
        PoolSettings.builder()
            .maximumSize(7)
            .minimumIdle(2)
            .acquireTimeout(Duration.ofSeconds(3))
            .idleTimeout(Duration.ofSeconds(40))
            .keepaliveTime(Duration.ofSeconds(50))
            .maximumLifetime(Duration.ofSeconds(60))
            .build();
    try (HikariDataSource pool = PoolFactory.create(TestServer.url(), settings)) {
      assertThat(pool.getMaximumPoolSize()).isEqualTo(7);
      assertThat(pool.getMinimumIdle()).isEqualTo(2);
      assertThat(pool.getConnectionTimeout()).isEqualTo(3_000);
      assertThat(pool.getIdleTimeout()).isEqualTo(40_000);
      assertThat(pool.getKeepaliveTime()).isEqualTo(50_000);
      assertThat(pool.getMaxLifetime()).isEqualTo(60_000);
    }
  }

  @Test
  void refusesValuesThatCannotBeMeant() {
    PoolSettings.Builder builder = PoolSettings.builder();
    assertThatThrownBy(() -> builder.maximumSize(0))
        .hasMessage("maximumSize must be 1 or more, not 0");
    assertThatThrownBy(() -> builder.connectTimeout(Duration.ofMillis(999)))
        .hasMessage("connectTimeout must be 1 s or more and less than 24 days, not PT0.999S");
    assertThatThrownBy(() -> builder.statementTimeout(Duration.ofDays(25)))
        .hasMessageContaining("less than 24 days, not PT600H");
    assertThatThrownBy(() -> PoolSettings.builder().maximumLifetime(Duration.ofSeconds(90)).build())
        .hasMessage(
            "keepaliveTime must be less than maximumLifetime: keepaliveTime is PT2M,"
                + " maximumLifetime PT1M30S. Set both.");
  }

  @Test
  void neverTakesATimeThatIsShortForNoLimit() {
    PoolSettings.Builder builder = PoolSettings.builder();
    for (Duration one :
        List.of(
            Duration.ofNanos(1),
            Duration.ofNanos(999_999),
            Duration.ofNanos(-1),
            Duration.ofDays(-1),
            Duration.ofSeconds(Long.MIN_VALUE),
            Duration.ofSeconds(Long.MAX_VALUE))) {
      String possible = "must be 0 for no limit, or 1 ms or more and less than 24 days, not " + one;
      assertThatThrownBy(() -> builder.statementTimeout(one))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("statementTimeout " + possible);
      assertThatThrownBy(() -> builder.lockTimeout(one)).hasMessage("lockTimeout " + possible);
      assertThatThrownBy(() -> builder.idleInTransactionTimeout(one))
          .hasMessage("idleInTransactionTimeout " + possible);
      assertThatThrownBy(() -> builder.acquireTimeout(one))
          .hasMessage("acquireTimeout must be 250 ms or more and less than 24 days, not " + one);
    }
    assertThatThrownBy(() -> builder.socketTimeout(Duration.ofSeconds(1).minusNanos(1)))
        .hasMessageContaining("must be 1 s or more");
    PoolSettings rounded = builder.lockTimeout(Duration.ofNanos(1_000_001)).build();
    assertThat(rounded.milliseconds(PoolSetting.LOCK_TIMEOUT)).isEqualTo(2);
  }

  @Test
  void refusesASocketTimeoutThatEndsBeforeAStatementDoes() {
    String message =
        "statementTimeout must be less than socketTimeout: statementTimeout is PT30S,"
            + " socketTimeout PT%dS. Set both.";
    for (int seconds : new int[] {10, 30}) {
      PoolSettings.Builder builder =
          PoolSettings.builder().socketTimeout(Duration.ofSeconds(seconds));
      assertThatThrownBy(builder::build)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message, seconds);
      assertThat(builder.transactionPooler().build().behindTransactionPooler()).isTrue();
    }
    PoolSettings unlimited =
        PoolSettings.builder()
            .statementTimeout(Duration.ZERO)
            .socketTimeout(Duration.ofSeconds(1))
            .build();
    assertThat(unlimited.count(PoolSetting.SOCKET_TIMEOUT)).isEqualTo(1_000);
  }

  @Test
  void showsWhatIsWrongWithANameInOneLine() {
    PoolSettings.Builder builder = PoolSettings.builder();
    assertThatThrownBy(() -> builder.applicationName("a\nb"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("applicationName must be 1 to 63 printable ASCII characters, not 3: a\ufffdb");
    assertThatThrownBy(() -> builder.applicationName("")).hasMessageContaining("not 0");
    assertThatThrownBy(() -> builder.applicationName("a".repeat(64)))
        .hasMessageContaining("not 64");
  }

  @ParameterizedTest
  @CsvSource({
    "application_name=url&fallback_application_name=fallback, chosen, url",
    "application_name=&fallback_application_name=fallback, chosen, ''",
    "fallback_application_name=fallback, chosen, chosen",
    "fallback_application_name=fallback, '', fallback",
    "connect_timeout=9, chosen, chosen"
  })
  void takesTheNameThatWasChosenBeforeTheFallback(String parameters, String chosen, String name) {
    PoolSettings.Builder builder = PoolSettings.builder();
    PoolSettings settings =
        chosen.isEmpty() ? builder.build() : builder.applicationName(chosen).build();
    ConnectionUrl url = withParameters(parameters);
    try (CruddurDb db = CruddurDb.builder().url(url).pool(settings).build()) {
      assertThat(shown(db, "application_name")).isEqualTo(name);
    }
    assertThat(DriverProperties.of(url, settings.forReader()))
        .containsEntry("ApplicationName", name);
  }

  @ParameterizedTest
  @CsvSource({
    "com.cruddur.feed.Main --password=x, Main",
    "/srv/app/feed-1.2.jar secret, feed-1.2",
    "com.cruddur.feed/com.cruddur.feed.Main, Main",
    "'', cruddur-db"
  })
  void takesTheNameOfTheProgramAndNeverItsArguments(String command, String name) {
    Properties system = new Properties();
    system.setProperty("sun.java.command", command);
    assertThat(ProgramName.of(Map.of(), system)).isEqualTo(name);
  }

  private static Object shown(CruddurDb db, String setting) {
    return db.dsl().fetchValue("SELECT current_setting('" + setting + "')");
  }

  private static ConnectionUrl withParameters(String parameters) {
    int port = TestServer.url().hosts().get(0).port();
    return ConnectionUrl.parse(
        "postgresql://postgres@localhost:" + port + "/postgres?" + parameters);
  }
}
