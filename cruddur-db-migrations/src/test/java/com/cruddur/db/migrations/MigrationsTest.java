package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class MigrationsTest {

  private static EmbeddedPostgres server;

  private DataSource database;

  @BeforeAll
  static void startServer() throws Exception {
    server = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @BeforeEach
  void makeDatabase() throws SQLException {
    execute(server.getPostgresDatabase(), "DROP DATABASE IF EXISTS cruddur_test");
    execute(server.getPostgresDatabase(), "CREATE DATABASE cruddur_test");
    database = server.getDatabase("postgres", "cruddur_test");
  }

  @Test
  void appliesEveryMigrationInOrderAndThenNothing() {
    MigrationReport first = Migrations.of(database).migrate();
    assertThat(first.applied()).isNotEmpty().first().isEqualTo("V1 original_schema");
    assertThat(first.schemaVersion()).isEqualTo(String.valueOf(first.applied().size()));

    MigrationReport second = Migrations.of(database).migrate();
    assertThat(second.applied()).isEmpty();
    assertThat(second.schemaVersion()).isEqualTo(first.schemaVersion());
  }

  @Test
  void makesTheColumnsThatCruddurNeeds() throws SQLException {
    Migrations.of(database).migrate();
    assertThat(
            list(
                "SELECT table_name || '.' || column_name || ' ' || data_type"
                    + " FROM information_schema.columns WHERE table_schema = 'public'"))
        .contains(
            "users.email text",
            "users.bio text",
            "users.created_at timestamp with time zone",
            "activities.created_at timestamp with time zone",
            "activities.expires_at timestamp with time zone",
            "activities.reply_to_activity_uuid uuid");
  }

  @Test
  void saysInOneLineWhyTheServerWasNotReached() {
    PGSimpleDataSource nowhere = new PGSimpleDataSource();
    nowhere.setServerNames(new String[] {"127.0.0.1"});
    nowhere.setPortNumbers(new int[] {1});
    nowhere.setUser("canary_user");
    nowhere.setPassword("canary-password");

    assertThatThrownBy(() -> Migrations.of(nowhere).migrate())
        .isInstanceOfSatisfying(
            MigrationException.class,
            failure -> {
              assertThat(failure).hasMessageContaining("127.0.0.1:1").hasMessageContaining("08001");
              assertThat(failure.getMessage()).doesNotContain("\n", "canary-password");
              assertThat(failure.sqlState()).contains("08001");
            });
  }

  private List<String> list(String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }

  private static void execute(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
