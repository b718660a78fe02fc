package com.example.springfeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.CruddurDb;
import com.cruddur.db.activities.FeedRequest;
import com.cruddur.db.testkit.LocalPostgres;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** From an empty database to a running application, and back. */
@ExtendWith(OutputCaptureExtension.class)
class StartTest {

  private static ConfigurableApplicationContext run(String... properties) {
    String[] arguments =
        Stream.concat(Stream.of("server.port=0"), Stream.of(properties))
            .map(property -> "--" + property)
            .toArray(String[]::new);
    return SpringApplication.run(FeedApplication.class, arguments);
  }

  /** Boot's own pool, by the properties that every Boot application has. */
  private static String[] jdbc(ConnectionUrl url) {
    return new String[] {
      "spring.datasource.url=" + url.jdbcUrl(),
      "spring.datasource.username=" + url.user().orElseThrow(),
      "spring.datasource.password=" + url.password().orElseThrow()
    };
  }

  private static String[] and(String[] properties, String another) {
    return Stream.concat(Stream.of(properties), Stream.of(another)).toArray(String[]::new);
  }

  @Test
  void migratesAnEmptyDatabaseAndWorksOnEitherPool() {
    try (LocalPostgres server = LocalPostgres.start()) {
      assertThat(catchThrowable(() -> run(and(jdbc(server.url()), "cruddur.migrate=false"))))
          .rootCause()
          .hasMessageContaining("The database has no schema");
      try (ConfigurableApplicationContext first = run(jdbc(server.url()))) {
        assertThat(first.getBean(DataSource.class))
            .asString()
            .startsWith("HikariDataSource (HikariPool");
        assertThat(home(first)).isEqualTo("[]");
      }
      try (ConfigurableApplicationContext second = run("CONNECTION_URL=" + Uri.of(server.url()))) {
        assertThat(second.getBean(DataSource.class)).asString().contains("cruddur-postgres");
        assertThat(home(second)).isEqualTo("[]");
      }
    }
  }

  private static String home(ConfigurableApplicationContext context) {
    return context.getBean(CruddurDb.class).activities().home(FeedRequest.first(1)).jsonText();
  }

  @Test
  void isDownWhileTheDatabaseIsAway() {
    LocalPostgres server = LocalPostgres.start();
    try (server;
        ConfigurableApplicationContext context = run("CONNECTION_URL=" + Uri.of(server.url()))) {
      HealthEndpoint health = context.getBean(HealthEndpoint.class);
      assertThat(health.healthForPath("cruddur").getStatus().getCode()).isEqualTo("UP");
      server.close();
      assertThat(health.healthForPath("cruddur").getStatus().getCode()).isEqualTo("DOWN");
      assertThat(health.health().getStatus().getCode()).isEqualTo("DOWN");
    }
  }

  @Test
  void saysWhatIsWrongWithConnectionUrl(CapturedOutput output) {
    try (LocalPostgres server = LocalPostgres.start()) {
      String uri = Uri.of(server.url()).replace(server.url().password().orElseThrow(), "Wr0ng");
      assertThat(catchThrowable(() -> run("CONNECTION_URL=" + uri))).isNotNull();
      assertThat(output.getAll())
          .contains("APPLICATION FAILED TO START")
          .contains("Cannot connect to 127.0.0.1:" + server.port() + "/postgres as user postgres")
          .contains("password authentication failed")
          .contains("Correct user and password in the connection URL")
          .doesNotContain("Wr0ng", "\tat ");
    }
  }

  @Test
  void saysWhatIsWrongWithBootsOwnPool(CapturedOutput output) {
    try (LocalPostgres server = LocalPostgres.start()) {
      String[] properties = jdbc(server.url());
      properties[2] = "spring.datasource.password=Wr0ng";
      assertThat(catchThrowable(() -> run(properties))).isNotNull();
      assertThat(output.getAll())
          .contains("The migrations could not be applied: FATAL: password authentication failed")
          .doesNotContain("Wr0ng");
    }
  }
}
