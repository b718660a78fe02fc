package com.cruddur.db.benchmarks.testkit;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.migrations.Migrations;
import com.cruddur.db.testkit.BaseSeed;
import com.cruddur.db.testkit.TestDatabase;
import de.softwareforge.testing.postgres.embedded.DatabaseManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PreparedDbProvider;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A way to come by a migrated and seeded database for each test. */
enum Peer {
  TESTKIT {
    @Override
    Supply open() {
      return () -> {
        TestDatabase database = TestDatabase.create();
        return new Database(database.dataSource(), database::close);
      };
    }
  },

  /** The same databases, for who takes the address alone and opens each connection by the driver. */
  TESTKIT_URL {
    @Override
    Supply open() {
      return () -> {
        TestDatabase database = TestDatabase.create();
        ConnectionUrl url = database.url();
        var dataSource = new org.postgresql.ds.PGSimpleDataSource();
        dataSource.setUrl(url.jdbcUrl());
        dataSource.setUser(url.user().orElseThrow());
        dataSource.setPassword(url.password().orElseThrow());
        return new Database(dataSource, database::close);
      };
    }
  },

  /** A server for the JVM, migrated and seeded; of use for the first database only. */
  ZONKY_FLYWAY {
    @Override
    Supply open() {
      return () -> {
        EmbeddedPostgres postgres = EmbeddedPostgres.start();
        prepare(postgres.getPostgresDatabase());
        return new Database(postgres.getPostgresDatabase(), postgres::close);
      };
    }
  },

  ZONKY_PREPARED {
    @Override
    Supply open() {
      PreparedDbProvider provider = PreparedDbProvider.forPreparer(Peer::prepare);
      return () -> new Database(provider.createDataSource(), () -> {});
    }
  },

  PG_EMBEDDED {
    @Override
    Supply open() throws Exception {
      DatabaseManager manager =
          DatabaseManager.multiDatabases().withDatabasePreparer(Peer::prepare).build().start();
      return () -> new Database(manager.getDatabaseInfo().asDataSource(), () -> {});
    }
  },

  /** One server, and Flyway in an empty database for each test. */
  FLYWAY_PER_TEST {
    @Override
    Supply open() throws Exception {
      EmbeddedPostgres postgres = EmbeddedPostgres.start();
      int[] number = {0};
      return () -> {
        String name = "flyway_" + ++number[0];
        execute(postgres.getPostgresDatabase(), "CREATE DATABASE " + name);
        DataSource database = postgres.getDatabase("postgres", name);
        prepare(database);
        return new Database(
            database,
            () -> execute(postgres.getPostgresDatabase(), "DROP DATABASE " + name + " (FORCE)"));
      };
    }
  },

  /** One container, with a template for its databases: what its users do by hand. */
  TESTCONTAINERS {
    @Override
    Supply open() throws Exception {
      PostgreSQLContainer container =
          new PostgreSQLContainer(System.getProperty("image", "postgres:18-alpine"))
              .withTmpFs(Map.of("/var/lib/postgresql", "rw"));
      container.start();
      DataSource postgres = of(container, "test");
      execute(postgres, "CREATE DATABASE prepared");
      prepare(of(container, "prepared"));
      int[] number = {0};
      return () -> {
        String name = "copy_" + ++number[0];
        execute(postgres, "CREATE DATABASE " + name + " TEMPLATE prepared");
        return new Database(
            of(container, name), () -> execute(postgres, "DROP DATABASE " + name + " (FORCE)"));
      };
    }

    private DataSource of(PostgreSQLContainer container, String database) {
      var dataSource = new org.postgresql.ds.PGSimpleDataSource();
      dataSource.setUrl(container.getJdbcUrl().replaceAll("/test\\b", "/" + database));
      dataSource.setUser(container.getUsername());
      dataSource.setPassword(container.getPassword());
      return dataSource;
    }
  };

  /** Hands out databases. */
  interface Supply {
    Database next() throws Exception;
  }

  /** A database, and what its test does with it at the end. */
  record Database(DataSource dataSource, AutoCloseable end) {

    /** Reads the first row by plain JDBC. */
    void firstRow() throws SQLException {
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement();
          var rows = statement.executeQuery("SELECT message FROM activities")) {
        if (!rows.next() || !rows.getString(1).startsWith("This was imported")) {
          throw new SQLException("not seeded");
        }
      }
    }

    /** A little work, as a test does. */
    void work() throws SQLException {
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement()) {
        for (int number = 0; number < 5; number++) {
          statement.execute(
              "INSERT INTO users (display_name, handle, cognito_user_id) VALUES ('x', 'x"
                  + number
                  + "', 'MOCK')");
          statement.execute(
              "INSERT INTO activities (user_uuid, message) SELECT uuid, 'hello' FROM users"
                  + " WHERE handle = 'x"
                  + number
                  + "'");
          statement.execute("SELECT count(*) FROM activities JOIN users ON users.uuid = user_uuid");
        }
      }
    }
  }

  abstract Supply open() throws Exception;

  static void prepare(DataSource database) throws SQLException {
    Migrations.of(database).migrate();
    BaseSeed.load(database);
  }

  static void execute(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
