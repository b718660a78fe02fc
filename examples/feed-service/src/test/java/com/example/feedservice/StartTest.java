package com.example.feedservice;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.testkit.CruddurTest;
import com.cruddur.db.testkit.LocalPostgres;
import com.cruddur.db.testkit.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What it says when it does not start, and that it then ends. */
@CruddurTest
class StartTest {

  private static String refusal(Map<String, String> environment, String... arguments)
      throws Exception {
    try (ServiceProcess service = new ServiceProcess(environment, arguments)) {
      assertThat(service.exitCode()).isEqualTo(1);
      assertThat(service.log()).doesNotContain("\tat ", "Exception");
      return service.log();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'',CONNECTION_URL is not set. Set it to postgresql://",
    "jdbc:postgresql://h/d,CONNECTION_URL: ",
    "postgresql://a:S3cret@127.0.0.1:1/d,Cannot connect to 127.0.0.1:1/d as user a: nothing listens"
        + " there"
  })
  void refusesAnAddressThatLeadsNowhere(String url, String message) throws Exception {
    assertThat(refusal(Map.of("CONNECTION_URL", url))).contains(message).doesNotContain("S3cret");
  }

  @Test
  void refusesAnUnknownArgumentAndPort() throws Exception {
    String url = "postgresql://localhost/cruddur";
    assertThat(refusal(Map.of("CONNECTION_URL", url), "--migrat"))
        .contains("one argument, --migrate", "--migrat]");
    assertThat(refusal(Map.of("CONNECTION_URL", url, "PORT", "http")))
        .contains("PORT is a number", "http");
  }

  @Test
  void refusesASchemaThatIsNotCurrentAndMigratesWhenTold() throws Exception {
    try (LocalPostgres server = LocalPostgres.start()) {
      String url = ServiceProcess.uri(server.url());
      assertThat(refusal(Map.of("CONNECTION_URL", url)))
          .contains("The database is not ready for this service. Start it with --migrate");
      try (ServiceProcess service = ServiceProcess.on(url, Map.of(), "--migrate")) {
        assertThat(service.client().get("/api/activities/home").body()).isEqualTo("[]");
      }
      // And from now on without.
      ServiceProcess.on(url, Map.of()).close();
    }
  }

  @Test
  void refusesAWrongPassword(TestDatabase database) throws Exception {
    String uri = ServiceProcess.uri(database.url());
    String password = database.url().password().orElseThrow();
    assertThat(refusal(Map.of("CONNECTION_URL", uri.replace(password, "Wr0ng"))))
        .contains("password authentication failed", "28P01")
        .doesNotContain("Wr0ng");
  }

  @Test
  void refusesAPortThatIsTaken(TestDatabase database) throws Exception {
    String uri = ServiceProcess.uri(database.url());
    try (ServiceProcess first = ServiceProcess.on(uri, Map.of())) {
      String port = String.valueOf(first.port());
      assertThat(refusal(Map.of("CONNECTION_URL", uri, "PORT", port)))
          .contains("Cannot listen on port " + port)
          .contains("Set PORT to another.");
    }
  }
}
