package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BlockersTest {

  private final Postgres database = HandMade.ORIGINAL.withRows();

  @Test
  void nameThePreparedTransactionThatHoldsATable() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN; SELECT FROM public.users; PREPARE TRANSACTION 'of the bank'");
    }
    try {
      assertThatThrownBy(
              () -> Migrations.of(database.source()).patience(Duration.ofMillis(400)).migrate())
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("at V2")
          .message()
          .containsPattern(
              "users held by prepared transaction 'of the bank' \\(to be ended by COMMIT PREPARED or"
                  + " ROLLBACK PREPARED, \\d+ s old\\)")
          .doesNotContain("nobody", "no other transaction");
    } finally {
      database.run("ROLLBACK PREPARED 'of the bank'");
    }
    assertThat(Migrations.of(database.source()).migrate().schemaVersion()).isEqualTo("29");
  }

  @Test
  void nameTheProcessThatHoldsATableToAUserWhoSeesNothingElseOfIt() throws SQLException {
    database.run(
        """
        DO $$ BEGIN CREATE ROLE blind LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
        ALTER TABLE public.users OWNER TO blind""");
    try (Connection holder = database.connect();
        Statement statement = holder.createStatement();
        MigrationSession session = MigrationSession.open(database.as("blind"))) {
      holder.setAutoCommit(false);
      statement.execute("SELECT FROM public.users");
      assertThat(Blockers.in(session.sql()))
          .matches(
              "at this moment users held by process \\d+"
                  + " \\(what it does and since when, only pg_read_all_stats may see\\)");
    }
  }

  @Test
  void nameOpenTransactionsWhereNobodyHoldsATableAndSayWhereThereIsNone() throws SQLException {
    try (Connection other = database.connect();
        Statement statement = other.createStatement();
        MigrationSession session = MigrationSession.open(database.source())) {
      assertThat(Blockers.in(session.sql()))
          .isEqualTo(
              "at this moment nobody holds the tables, and no other transaction is open in this database");
      other.setAutoCommit(false);
      statement.execute("SELECT 1");
      assertThat(Blockers.in(session.sql()))
          .matches(
              "at this moment nobody holds the tables; open in this database: process \\d+"
                  + " \\(idle in transaction, \\d+ s old\\)");
    }
  }
}
