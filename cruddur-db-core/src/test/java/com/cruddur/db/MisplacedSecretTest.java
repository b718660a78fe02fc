package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret where none is expected, because somebody escaped too much or too little. */
class MisplacedSecretTest {

  private static final String SECRET = "Kan4rie";

  @ParameterizedTest
  @ValueSource(
      strings = {SECRET, "Kan4rie-that-is-longer-than-the-63-bytes-which-a-name-may-have-xxx"})
  void isHiddenBehindAnEscapedColon(String secret) {
    ConnectionUrl url = url("app%%3A%s@localhost:%d/postgres", secret);
    assertFailure(url, "/postgres as user app:***: role \"app:***\" does not exist", "28000");
    assertFailure(url("app%%3A%s@localhost:%d", secret), "/app:*** as user app:***: ", "28000");
    assertThat(new Credentials("app:" + secret, "").toString()).doesNotContain(secret);
  }

  @Test
  void isHiddenWhereAPoolSaysThatItIsBusy() throws Exception {
    TestServer.execute("CREATE ROLE \"app:Kan4rie\" LOGIN");
    PoolSettings small =
        PoolSettings.builder()
            .maximumSize(1)
            .acquireTimeout(java.time.Duration.ofMillis(300))
            .build();
    ConnectionUrl url = url("app%%3A%s@localhost:%d/postgres", SECRET);
    try (CruddurDb db = CruddurDb.builder().url(url).pool(small).build();
        var taken = db.dataSource().getConnection()) {
      assertThat(taken.isClosed()).isFalse();
      assertNoSecret(catchThrowable(() -> db.dsl().fetchValue("SELECT 1")), "as user app:*** are");
    } finally {
      TestServer.execute("DROP ROLE \"app:Kan4rie\"");
    }
  }

  @Test
  void isHiddenInTheNameOfThePool() {
    for (String rest : new String[] {"app%%3A%s@localhost:%d", "u:p@localhost:%2$d/%1$s@db"}) {
      try (HikariDataSource pool = PoolFactory.create(url(rest, SECRET))) {
        assertThat(pool.getPoolName()).isEqualTo("cruddur");
      }
    }
  }

  @Test
  void isHiddenWhereAnAtMayHaveTornThePassword() {
    // The password may be p@Kan4rie/my, or the database my@db.
    ConnectionUrl url = url("u:p@%s.invalid/my@db", SECRET);
    assertFailure(url, "*** as user u: the host name is unknown", "08001");
    assertFailure(
        url("postgres:p@localhost:%2$d/%1$s@db", SECRET), "write it as %2F or %40", "3D000");
  }

  @Test
  void doesNotKeepADatabaseFromItsAt() {
    TestServer.execute("CREATE DATABASE \"my@db\"");
    try (CruddurDb db = CruddurDb.open(url("postgres:p@localhost:%2$d/my@db", ""))) {
      assertThat(db.dsl().fetchValue("SELECT current_database()")).isEqualTo("my@db");
    } finally {
      TestServer.execute("DROP DATABASE \"my@db\" WITH (FORCE)");
    }
  }

  private static ConnectionUrl url(String format, String secret) {
    int port = TestServer.url().hosts().get(0).port();
    return ConnectionUrl.parse("postgresql://" + format.formatted(secret, port));
  }

  private static void assertFailure(ConnectionUrl url, String part, String state) {
    Throwable failure = catchThrowable(() -> CruddurDb.open(url).close());
    assertNoSecret(failure, part);
    assertThat(((ConnectionFailedException) failure).sqlState()).contains(state);
    assertThat(url.toString()).doesNotContain(SECRET);
  }

  private static void assertNoSecret(Throwable failure, String part) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    assertThat(failure).isInstanceOf(ConnectionFailedException.class).hasMessageContaining(part);
    assertThat(trace.toString()).doesNotContain(SECRET);
  }
}
