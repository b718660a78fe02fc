package com.cruddur.db.testkit;

import static com.cruddur.db.schema.Tables.ACTIVITIES;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.CruddurDb;
import java.sql.Connection;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@CruddurTest
class ParametersTest {

  private final TestDatabase ofConstructor;

  ParametersTest(TestDatabase database) {
    ofConstructor = database;
  }

  @BeforeEach
  void add(SeedData seed) {
    seed.user("alice").activity("added before");
  }

  @Test
  void areAllOfOneDatabase(CruddurDb db, DSLContext dsl, TestDatabase database, SeedData seed)
      throws Exception {
    assertThat(database).isSameAs(ofConstructor);
    assertThat(name(dsl)).isEqualTo(name(db.dsl())).isEqualTo(database.name());
    assertThat(name(seed.db().dsl())).isEqualTo(database.name());
    try (Connection connection = database.dataSource().getConnection()) {
      assertThat(connection.getCatalog()).isEqualTo(database.name());
    }
    assertThat(dsl.fetchCount(ACTIVITIES)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "two", "three"})
  void standBesideArguments(String message, DSLContext dsl, SeedData seed) {
    seed.andrew().activity(message);
    assertThat(dsl.fetchValues(ACTIVITIES.MESSAGE))
        .containsExactlyInAnyOrder("This was imported as seed data!", "added before", message);
  }

  @RepeatedTest(3)
  void areNewInEachRepetition(DSLContext dsl, SeedData seed) {
    seed.bayko().activity("mine");
    assertThat(dsl.fetchCount(ACTIVITIES)).isEqualTo(3);
  }

  @Test
  void needNotBeTaken() {
    assertThat(ofConstructor.name()).isNotEmpty();
  }

  @Nested
  class InANestedClass {

    private final SeedData ofInnerConstructor;

    InANestedClass(SeedData seed) {
      ofInnerConstructor = seed;
    }

    @BeforeEach
    void addMore(SeedData seed) {
      seed.user("alice").activity("added by the nested class");
    }

    @Test
    void areTheSameAsInTheOuterOne(DSLContext dsl, TestDatabase database) {
      assertThat(database).isSameAs(ofConstructor);
      assertThat(name(ofInnerConstructor.db().dsl())).isEqualTo(database.name());
      assertThat(dsl.fetchCount(ACTIVITIES)).isEqualTo(3);
    }
  }

  private static Object name(DSLContext dsl) {
    return dsl.fetchValue("SELECT current_database()::text");
  }
}
