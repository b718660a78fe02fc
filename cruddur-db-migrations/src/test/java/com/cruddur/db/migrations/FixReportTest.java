package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FixReportTest {

  /** A reply to nothing, orphans, duplicates, missing values and wrong counters. */
  private static final String DIRT =
      """
      INSERT INTO public.users (uuid, display_name, handle, email, cognito_user_id, created_at) VALUES
        ('00000000-0000-0000-0000-0000000000a1', NULL, 'ann', NULL, 'sub-a', '2023-01-01 10:00:00.123456'),
        ('00000000-0000-0000-0000-0000000000a2', 'Ann', 'ANN', 'ann@example.org', 'sub-a', '2023-01-02'),
        ('00000000-0000-0000-0000-0000000000b1', 'Bob', 'bob', NULL, '  ', '2023-01-01'),
        ('00000000-0000-0000-0000-0000000000b2', 'B "quoted"', 'BOB', NULL, 'sub-b', '2023-01-02');
      INSERT INTO public.activities (uuid, user_uuid, message, replies_count, likes_count, reply_to_activity_uuid) VALUES
        ('00000000-0000-0000-0000-0000000000d1', '00000000-0000-0000-0000-0000000000a2', 'of a2', NULL, -7, NULL),
        ('00000000-0000-0000-0000-0000000000d2', '00000000-0000-0000-0000-00000000dead', 'orphan', 3, 0,
          '00000000-0000-0000-0000-0000000000ff')""";

  private static Postgres dirty() {
    Postgres database = HandMade.REPLIES_AS_UUID.withoutRows();
    database.run(DIRT);
    return database;
  }

  @Test
  void holdsOldAndNewHandlesOfEveryUser() {
    Postgres database = HandMade.ORIGINAL.withoutRows();
    database.run(
        "INSERT INTO users (handle, created_at) SELECT 'Bob', timestamp '2023-01-01' + i * interval '1 s' FROM generate_series(1, 2500) i");
    FixReport report = Migrations.of(database.source()).fixes().renameHandles();
    assertThat(report.changes())
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.rows()).isEqualTo(2499);
              assertThat(change.table()).isEqualTo("users");
              assertThat(change.examples()).hasSize(10);
              assertThat(change.changed())
                  .allSatisfy(
                      row -> {
                        assertThat(row.before()).isEqualTo("{\"handle\": \"Bob\"}");
                        assertThat(row.after())
                            .isEqualTo(
                                "{\"handle\": \"Bob-%.8s\"}".formatted(row.uuid().toString()));
                      });
            });
  }

  @Test
  void holdsAllColumnsOfADeletedUserAndTheUserOfEachMovedActivity() {
    FixReport report = Migrations.of(dirty().source()).fixes().mergeUsers();
    assertThat(report.changes())
        .flatExtracting(FixReport.Change::changed)
        .extracting(row -> row + " " + row.before() + " " + row.after())
        .containsExactly(
            "00000000-0000-0000-0000-0000000000d1 {\"user_uuid\": \"00000000-0000-0000-0000-0000000000a2\"}"
                + " {\"user_uuid\": \"00000000-0000-0000-0000-0000000000a1\"}",
            "00000000-0000-0000-0000-0000000000a1 {\"display_name\": null} {\"display_name\": \"Ann\"}",
            "00000000-0000-0000-0000-0000000000a1 {\"email\": null} {\"email\": \"ann@example.org\"}",
            "00000000-0000-0000-0000-0000000000a2 {\"uuid\": \"00000000-0000-0000-0000-0000000000a2\","
                + " \"email\": \"ann@example.org\", \"handle\": \"ANN\", \"created_at\":"
                + " \"2023-01-02T00:00:00\", \"display_name\": \"Ann\", \"cognito_user_id\": \"sub-a\"} null");
  }

  /** From the newest change to the oldest, each row is put back as the report says it was. */
  @ParameterizedTest
  @EnumSource(Fix.class)
  void bringsBackEveryRowAsItWas(Fix fix) {
    Postgres database = dirty();
    List<String> before = rows(database);

    FixReport report = Migrations.of(database.source()).fixes().apply(fix);

    assertThat(report.changes()).isNotEmpty();
    assertThat(rows(database)).isNotEqualTo(before);
    for (int i = report.changes().size() - 1; i >= 0; i--) {
      FixReport.Change change = report.changes().get(i);
      change.changed().forEach(row -> database.run(undo(change.table(), row)));
    }
    assertThat(rows(database)).isEqualTo(before);
  }

  private static String undo(String table, FixReport.ChangedRow row) {
    String uuid = " WHERE uuid = '" + row.uuid() + "'";
    if (row.before() == null) {
      return "DELETE FROM " + table + uuid;
    }
    String json = "'" + row.before().replace("'", "''") + "'::jsonb";
    return row.after() == null
        ? "INSERT INTO %1$s SELECT * FROM jsonb_populate_record(NULL::%1$s, %2$s)"
            .formatted(table, json)
        : "DO $$ DECLARE r %1$s; BEGIN SELECT * INTO r FROM %1$s%3$s; r := jsonb_populate_record(r, %2$s); DELETE FROM %1$s%3$s; INSERT INTO %1$s SELECT r.*; END $$"
            .formatted(table, json, uuid);
  }

  private static List<String> rows(Postgres database) {
    return database.list(
        "SELECT u::text FROM users u UNION ALL SELECT a::text FROM activities a ORDER BY 1");
  }

  @Test
  void hasNoValuesInItsText() {
    Postgres database = dirty();
    for (Fix fix : Fix.values()) {
      FixReport report = Migrations.of(database.source()).fixes().apply(fix);
      assertThat(report.toString() + report.changes() + report.changes().get(0).changed())
          .doesNotContainIgnoringCase("ann", "bob", "example", "sub-", "quoted");
    }
  }

  /** The end of the session would commit what was done so far, and nobody would know what. */
  @Test
  void thatDoesNotFitIntoMemoryUndoesTheFix() {
    Postgres database = dirty();
    List<String> before = rows(database);
    assertThatThrownBy(() -> Migrations.of(withoutMemory(database)).fixes().mergeUsers())
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(rows(database)).isEqualTo(before);
  }

  /** Fails behind the deletion of users. */
  private static DataSource withoutMemory(Postgres database) {
    DataSource source = database.source();
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> withoutMemory(source.getConnection()));
  }

  private static Connection withoutMemory(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(connection, arguments);
                if (arguments != null
                    && String.valueOf(arguments[0]).contains("DELETE FROM public.users")) {
                  ((PreparedStatement) result).execute();
                  throw new OutOfMemoryError("for the report");
                }
                return result;
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }
}
