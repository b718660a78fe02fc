package com.cruddur.db.users;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.PoolFactory;
import com.cruddur.db.TestServer;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Inserts a user in a JVM of its own that lists each class it loads, as a Lambda would load it. */
class UserClassLoadingTest {

  @Test
  void loadsNothingOfJooqToInsertAUser() throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xlog:class+load:stdout",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                    "-classpath",
                    System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                    Lambda.class.getName(),
                    TestServer.asApp(TestServer.migratedDatabase()).jdbcUrl()))
            .redirectErrorStream(true)
            .start();
    List<String> loaded =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).as(String.join("\n", loaded)).isZero();
    assertThat(loaded)
        .anyMatch(line -> line.contains("com.cruddur.db.users.UserInsertion "))
        .noneMatch(line -> line.contains("org.jooq."))
        .noneMatch(line -> line.contains("com.cruddur.db.json."))
        .noneMatch(line -> line.contains("com.cruddur.db.activities."));
  }

  /** The program of that JVM. */
  static final class Lambda {

    private Lambda() {}

    public static void main(String[] arguments) {
      String address = arguments[0].substring("jdbc:postgresql://".length());
      ConnectionUrl url = ConnectionUrl.parse("postgresql://test_app:test_app@" + address);
      try (HikariDataSource pool = PoolFactory.create(url)) {
        UserInsert insert =
            UserDao.of(pool).insert(NewUser.of("sub-cold", "Cold", "cold", "cold@example.com"));
        if (!insert.created()) {
          throw new IllegalStateException("The user was there.");
        }
      }
    }
  }
}
