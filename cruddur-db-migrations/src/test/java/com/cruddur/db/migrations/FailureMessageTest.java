package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What a user reads who may not do what the migrations need. */
class FailureMessageTest {

  @BeforeAll
  static void makeUser() {
    Postgres.empty()
        .run(
            "DO $$ BEGIN CREATE ROLE without_rights LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
  }

  private static void assertTold(DataSource source, String remedy) {
    assertThatThrownBy(() -> Migrations.of(source).migrate())
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining(remedy);
  }

  @Test
  void saysWhoMayOpenTheSchema() {
    Postgres database =
        Postgres.with(
            "CREATE EXTENSION \"uuid-ossp\"", "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    assertTold(
        database.as("without_rights"),
        "as its owner, GRANT USAGE, CREATE ON SCHEMA public TO without_rights");
  }

  @Test
  void saysWhoMayCreateTheExtension() {
    Postgres database = Postgres.with("GRANT CREATE ON SCHEMA public TO without_rights");
    assertTold(
        database.as("without_rights"),
        "As the owner of the database or a superuser, CREATE EXTENSION \"uuid-ossp\" WITH SCHEMA public");
  }

  @Test
  void saysThatTheSessionIsReadOnly() {
    Postgres database = Postgres.empty();
    database.run("ALTER DATABASE " + database.name() + " SET default_transaction_read_only = on");
    assertTold(database.source(), "default_transaction_read_only");
  }

  @Test
  void saysThatTheSchemaIsMissing() {
    assertTold(Postgres.with("DROP SCHEMA public").source(), "CREATE SCHEMA public");
  }

  private interface Wrapping {
    SQLException around(SQLException refusal);
  }

  /**
   * A data source that cannot connect, because there is no such user, and says so as a pool does.
   */
  private static DataSource failing(Wrapping wrapping) {
    DataSource nobody = Postgres.empty().as("nobody_at_all");
    return new PGSimpleDataSource() {
      private static final long serialVersionUID = 1L;

      @Override
      public Connection getConnection() throws SQLException {
        try {
          return nobody.getConnection();
        } catch (SQLException refusal) {
          throw wrapping.around(refusal);
        }
      }
    };
  }

  @Test
  void passesOnWhatADataSourceSaysThatKnowsMoreThanTheServer() {
    String told = "Cannot connect to h:1/d as user u: the reason. What to do (SQLSTATE 28000)";
    assertTold(
        failing(refusal -> new SQLNonTransientConnectionException(told, "28000", refusal)),
        "The migrations could not be applied: " + told + ".");
  }

  @Test
  void saysWhyAPoolWaitedInVain() {
    String reason = "role \"nobody_at_all\" does not exist (SQLSTATE 28000).";
    assertTold(
        failing(refusal -> new SQLTransientConnectionException("30 s", "28000", refusal)), reason);
  }
}
