package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlanByHandTest {

  private static final String HISTORY =
      """
      SELECT concat_ws(' ', installed_rank, version, description, type, script, checksum, installed_by, success)
      FROM flyway_schema_history ORDER BY installed_rank""";

  private static final String HISTORY_TABLE =
      """
      SELECT format('%s %s %s %s', attname, format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid))
      FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
      WHERE attrelid = 'flyway_schema_history'::regclass AND attnum > 0
      UNION ALL SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = 'flyway_schema_history'::regclass
      ORDER BY 1""";

  @ParameterizedTest
  @EnumSource(
      value = HandMade.class,
      names = {"ORIGINAL", "REVERSED_COLUMNS", "FOREIGN_KEY", "OLD_MIGRATION_SCRIPT"})
  void leavesWhatARunLeaves(HandMade variant) throws SQLException {
    Postgres database = variant.withRows();
    Postgres other = database.copy();
    Migrations.of(other.source()).migrate();
    List<String> content = HandMade.contentOf(database);

    assertThat(runByHand(database)).isEmpty();

    assertSameAs(other, database);
    assertThat(HandMade.contentOf(database)).isEqualTo(content);
  }

  @Test
  void leavesWhatARunLeavesInAnEmptyDatabase() throws SQLException {
    Postgres database = Postgres.empty();
    assertThat(runByHand(database)).isEmpty();
    assertSameAs(Postgres.migrated(), database);
  }

  @Test
  void goesOnWhereAnInterruptedRunWas() throws SQLException {
    Postgres database = Postgres.empty();
    Migrations.of(database.source()).migrate();
    database.run(
        "DROP INDEX activities_newest_replies_idx;"
            + " UPDATE flyway_schema_history SET success = false WHERE version = '29'");
    assertThat(runByHand(database)).isEmpty();
    assertSameAs(Postgres.migrated(), database);
  }

  private static void assertSameAs(Postgres other, Postgres database) {
    Migrations migrations = Migrations.of(database.source());
    assertThat(migrations.info().state()).isEqualTo(SchemaState.MANAGED);
    assertThat(migrations.info().pending()).isEmpty();
    assertThat(migrations.validate().problems()).isEmpty();
    assertThat(migrations.migrate().applied()).isEmpty();
    assertThat(migrations.plan().sql()).isEmpty();
    assertThat(database.list(HISTORY)).isEqualTo(other.list(HISTORY));
    assertThat(database.list(HISTORY_TABLE)).isEqualTo(other.list(HISTORY_TABLE));
    assertThat(database.schema()).isEqualTo(other.schema());
  }

  /** As psql goes on without ON_ERROR_STOP. */
  @Test
  void writesDownNothingThatFailedNorWhatComesAfterIt() throws SQLException {
    for (String dirt :
        List.of(
            "UPDATE activities SET reply_to_activity_uuid = 42 WHERE uuid = '%s'"
                .formatted(HandMade.POST),
            "UPDATE users SET handle = 'BAYKO' WHERE handle = 'user1'",
            "INSERT INTO activities (user_uuid, message) VALUES (public.uuid_generate_v4(), 'orphan')")) {
      Postgres database = HandMade.ORIGINAL.withRows();
      Migrations migrations = Migrations.of(database.source());
      String sql = migrations.plan().sql();
      database.run(dirt);

      assertThat(run(database, sql)).isNotEmpty();

      assertThat(migrations.info().schemaVersion()).isIn("5", "8", "17");
      List<Obstacle> obstacles = migrations.plan().obstacles();
      assertThat(obstacles).hasSize(1);
      migrations.fixes().apply(obstacles.get(0).fix());
      migrations.migrate();
      assertThat(database.schema()).isEqualTo(Postgres.migrated().schema());
      assertThat(migrations.validate().problems()).isEmpty();
    }
  }

  @Test
  void changesNothingTheSecondTime() throws SQLException {
    Postgres database = HandMade.ORIGINAL.withRows();
    String sql = Migrations.of(database.source()).plan().sql();
    assertThat(run(database, sql)).isEmpty();
    List<String> history = database.list(HISTORY);
    List<String> content = HandMade.contentOf(database);
    assertThat(run(database, sql)).isNotEmpty();
    assertThat(database.list(HISTORY)).isEqualTo(history);
    assertThat(HandMade.contentOf(database)).isEqualTo(content);
    assertThat(Migrations.of(database.source()).validate().problems()).isEmpty();
  }

  private static List<String> runByHand(Postgres database) throws SQLException {
    return run(database, Migrations.of(database.source()).plan().sql());
  }

  /** Returns the errors. */
  private static List<String> run(Postgres database, String sql) throws SQLException {
    List<String> failures = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'America/Toronto'");
      for (String text : InfoTest.statements(sql)) {
        try {
          statement.execute(text);
        } catch (SQLException failure) {
          failures.add(failure.getMessage());
        }
      }
    }
    return failures;
  }
}
