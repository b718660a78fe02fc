package com.cruddur.db.testkit;

import static com.cruddur.db.schema.Tables.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.testkit.CruddurTest.Scope;
import java.time.Duration;
import java.util.Locale;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated // catches standard error
class FailingTestTest {

  private static String name = "";
  private static String password = "";

  @Test
  void printsItsDatabaseAndItsLastStatementsWithoutSecrets() {
    String output = outputOf(Failing.class);
    assertThat(output)
        .contains("Failing.fails fails(", "is dropped now; -Dcruddur.testkit.keep=on-failure")
        .containsPattern(" {2}postgresql://\\w+@127.0.0.1:\\d+/" + name + "\n")
        .containsPattern(" {2}psql 'postgresql://\\w+@127.0.0.1:\\d+/" + name + "'\n")
        .containsPattern("INSERT INTO public.users .*\\(\\d+\\.\\d ms\\)")
        .containsPattern("(?i)select \\* from no_such_table  \\(failed with 42P01\\)")
        .containsPattern("ROLLBACK  \\(\\d+\\.\\d ms\\)")
        .doesNotContain("cognito-alice", "a secret", password);
    assertThat(output.lines().filter(line -> line.startsWith("    ")).count()).isZero();
    assertThat(Waiting.uninterruptibly(Duration.ofSeconds(30), () -> !exists(name))).isTrue();
  }

  @Test
  void printsTheLastTenStatementsOnly() {
    String output = outputOf(FailingLate.class);
    assertThat(output).contains("select 15 ", "select 6 ").doesNotContain("select 5 ");
  }

  @Test
  void printsAlsoWhenTheConstructorOrACallbackFails() {
    assertThat(outputOf(FailingInConstructor.class)).contains("psql", "select 1 ");
    assertThat(outputOf(FailingAfterwards.class)).contains("psql", "select 1 ");
  }

  @Test
  void printsForTheTestThatFailedOfThoseThatShareADatabase() {
    assertThat(outputOf(FailingInClass.class))
        .containsOnlyOnce("psql")
        .contains("FailingInClass.second");
  }

  @Test
  void printsNothingForTestsThatPassOrAreAborted() {
    assertThat(Output.during(() -> InnerTests.run(Passing.class))).doesNotContain("psql");
  }

  private static String outputOf(Class<?> type) {
    return Output.during(
        () ->
            InnerTests.run(type)
                .allEvents()
                .assertThatEvents()
                .anyMatch(
                    event ->
                        event.getPayload().map(Object::toString).orElse("").contains("FAILED")));
  }

  private static boolean exists(String database) {
    try (TestDatabase other = TestDatabase.create();
        CruddurDb db = other.open()) {
      return db.dsl()
          .fetchExists(db.dsl().selectFrom("pg_database WHERE datname = '" + database + "'"));
    }
  }

  @CruddurTest
  static class Failing {
    @Test
    void fails(TestDatabase database, CruddurDb db, SeedData seed) {
      name = database.name();
      password = database.url().password().orElseThrow();
      seed.user("alice").activity("a secret");
      db.transaction(
          tx -> {
            tx.dsl().fetchCount(USERS);
            return tx.dsl().fetch("SELECT *\n  FROM no_such_table");
          });
    }
  }

  @CruddurTest
  static class FailingLate {
    @Test
    void fails(DSLContext dsl) {
      for (int i = 1; i <= 15; i++) {
        dsl.execute("select %d -- ".formatted(i));
      }
      fail("late");
    }
  }

  @CruddurTest
  static class FailingInConstructor {
    FailingInConstructor(DSLContext dsl) {
      dsl.execute("select 1 ");
      fail("early");
    }

    @Test
    void isNotRun() {}
  }

  @CruddurTest
  static class FailingAfterwards {
    @Test
    void passes(DSLContext dsl) {
      dsl.execute("select 1 ");
    }

    @AfterEach
    void failsNow() {
      fail("afterwards");
    }
  }

  @CruddurTest(scope = Scope.CLASS)
  static class FailingInClass {
    @Test
    void first(DSLContext dsl) {
      dsl.execute("select 1");
    }

    @Test
    void second(DSLContext dsl) {
      dsl.execute("select 2");
      fail("the second");
    }
  }

  @CruddurTest
  static class Passing {
    @Test
    void passes(DSLContext dsl) {
      dsl.execute("select 1");
    }

    @Test
    void isAborted(DSLContext dsl) {
      dsl.execute("select 1");
      abort("not now in " + Locale.ROOT);
    }
  }
}
