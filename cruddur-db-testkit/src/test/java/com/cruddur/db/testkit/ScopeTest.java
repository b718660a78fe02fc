package com.cruddur.db.testkit;

import static com.cruddur.db.schema.Tables.ACTIVITIES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.testkit.CruddurTest.Scope;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

class ScopeTest {

  private static final Set<String> NAMES = ConcurrentHashMap.newKeySet();

  @Test
  void lendsOneDatabaseToAllTestsOfAClass() {
    for (Class<?> type : new Class<?>[] {PerClass.class, PerInstance.class, WithArguments.class}) {
      NAMES.clear();
      Events tests = InnerTests.runInParallel(type).testEvents();
      tests.assertStatistics(count -> count.succeeded(tests.started().count()).failed(0));
      assertThat(NAMES).as(type.getSimpleName()).hasSize(1);
    }
  }

  @Test
  void givesANestedClassWhatItsOwnAnnotationSays() {
    NAMES.clear();
    Events tests = InnerTests.run(OuterPerClass.class).testEvents();
    tests.assertStatistics(count -> count.succeeded(4).failed(0));
    assertThat(NAMES).hasSize(3);
  }

  @Test
  void refusesParametersWhereThereIsNoTestYet() {
    for (Class<?> type : new Class<?>[] {BeforeAllOfMethods.class, OneInstanceForMethods.class}) {
      EngineExecutionResults results = InnerTests.run(type);
      Event failure = results.containerEvents().failed().stream().findFirst().orElseThrow();
      assertThat(failure)
          .is(
              event(
                  finishedWithFailure(
                      instanceOf(ParameterResolutionException.class),
                      message(text -> text.contains("@CruddurTest(scope = Scope.CLASS)")))));
    }
  }

  @CruddurTest(scope = Scope.CLASS)
  static class PerClass {

    @BeforeAll
    static void addOnce(SeedData seed, TestDatabase database) {
      seed.user("alice").activity("for all");
      NAMES.add(database.name());
    }

    @RepeatedTest(5)
    void sharesIt(TestDatabase database, CruddurDb db) {
      NAMES.add(database.name());
      assertThat(db.dsl().fetchCount(ACTIVITIES)).isEqualTo(2);
    }

    @Nested
    class Inside {
      @Test
      void sharesItToo(TestDatabase database) {
        NAMES.add(database.name());
      }
    }
  }

  @CruddurTest(scope = Scope.CLASS)
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class PerInstance {

    PerInstance(TestDatabase database) {
      NAMES.add(database.name());
    }

    @RepeatedTest(2)
    void sharesIt(TestDatabase database) {
      NAMES.add(database.name());
    }
  }

  @CruddurTest(scope = Scope.CLASS)
  @ParameterizedClass
  @ValueSource(ints = {1, 2})
  static class WithArguments {

    @Parameter int argument;

    @Test
    void sharesIt(TestDatabase database) {
      assertThat(argument).isPositive();
      NAMES.add(database.name());
    }
  }

  @CruddurTest(scope = Scope.CLASS)
  static class OuterPerClass {

    @Test
    void hasTheOne(TestDatabase database) {
      NAMES.add(database.name());
    }

    @Nested
    class AsOutside {
      @Test
      void hasTheOne(TestDatabase database) {
        NAMES.add(database.name());
      }
    }

    @Nested
    @CruddurTest(seed = {})
    class PerMethod {
      @RepeatedTest(2)
      void hasItsOwn(TestDatabase database, DSLContext dsl) {
        NAMES.add(database.name());
        assertThat(dsl.fetchCount(ACTIVITIES)).isZero();
      }
    }
  }

  @CruddurTest
  static class BeforeAllOfMethods {
    @BeforeAll
    static void add(SeedData seed) {
      seed.user("alice");
    }

    @Test
    void runs() {}
  }

  @CruddurTest
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class OneInstanceForMethods {
    OneInstanceForMethods(CruddurDb db) {
      db.json();
    }

    @Test
    void runs() {}
  }
}
