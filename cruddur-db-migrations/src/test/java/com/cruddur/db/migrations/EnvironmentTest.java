package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {

  @ParameterizedTest
  @CsvSource({"prod, true", "staging-2, true", "dev, false", "test, false", "local, false"})
  void isStoredAndProtectsAllButThoseOfDevelopers(String name, boolean isProtected) {
    Postgres database = Postgres.empty();
    Migrations.of(database.source()).environment(name).migrate();
    Migrations.of(database.source()).environment(name).migrate();
    Migrations.of(database.source()).migrate();

    SchemaStatus status = Migrations.of(database.source()).info();
    assertThat(status.environment()).isEqualTo(name);
    assertThat(status.isProtected()).isEqualTo(isProtected);
    assertThatThrownBy(() -> database.run("INSERT INTO environment (name) VALUES ('x')"))
        .hasMessageContaining("environment_pkey");
  }

  @Test
  void isRefusedWhereTheDatabaseHasAnother() {
    Postgres database = Postgres.empty();
    Migrations.of(database.source()).environment("prod").migrate();
    database.run("DELETE FROM public.flyway_schema_history WHERE version = '29'");

    assertThatThrownBy(() -> Migrations.of(database.source()).environment("dev").migrate())
        .isInstanceOf(MigrationException.class)
        .hasMessage(
            "This database belongs to the environment prod and not to dev."
                + " Check the address that you connect to; nothing was changed.");
    assertThat(Migrations.of(database.source()).info().schemaVersion()).isEqualTo("28");
  }

  @Test
  void withoutANameProtectsNotOnLoopback() {
    SchemaStatus status = Migrations.of(Postgres.migrated().source()).info();
    assertThat(status.environment()).isNull();
    assertThat(status.isProtected()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE public.environment (name text); INSERT INTO public.environment VALUES ('secret')",
        "CREATE TABLE public.environment (name text); INSERT INTO public.environment VALUES (NULL)",
        "CREATE TABLE public.environment (id int)",
        "CREATE VIEW public.environment AS SELECT 1 / 0 AS name",
        "CREATE EXTENSION file_fdw; CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;"
            + " CREATE FOREIGN TABLE public.environment (name text) SERVER files OPTIONS (filename '/nowhere')"
      })
  void ofSomebodyElseIsNeitherReadNorTaken(String table) {
    for (Postgres database : List.of(Postgres.with(table), HandMade.ORIGINAL.withRows())) {
      if (database.value("SELECT to_regclass('public.environment')") == null) {
        database.run(table);
      }
      Migrations migrations = Migrations.of(database.source()).environment("prod");
      assertThat(migrations.info().environment()).isNull();
      assertThatThrownBy(migrations::migrate)
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("environment")
          .hasMessageContaining("Nothing was changed")
          .message()
          .doesNotContain("secret", "belongs to");
      assertThat(migrations.plan().differences()).isNotEmpty();
      assertThat(database.value("SELECT to_regclass('public.flyway_schema_history')")).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Prod", "1", "a b", "'; DROP TABLE users"})
  void hasANameOfOneForm(String name) {
    assertThatThrownBy(() -> Migrations.of(Postgres.migrated().source()).environment(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no name of an environment");
  }
}
