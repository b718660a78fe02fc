package com.example.springfeed;

import static com.cruddur.db.testkit.CruddurAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.activities.FeedRequest;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.web.servlet.client.RestTestClient;

/** What the application tells about itself, on another database than that of other classes. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
class OperationsTest extends DatabaseOfTheClass {

  @Autowired private RestTestClient client;

  private String get(String path) {
    return client
        .get()
        .uri(path)
        .exchange()
        .expectBody(String.class)
        .returnResult()
        .getResponseBody();
  }

  @Test
  void seesTheDatabaseOfItsOwnClass(CruddurDb db) {
    assertThat(db).hasUsers("andrewbrown", "bayko");
    assertThat(get("/api/activities/home"))
        .isEqualTo(db.activities().home(FeedRequest.first(20)).jsonText());
  }

  @Test
  void takesThePoolOfTheLibraryForConnectionUrl(@Autowired DataSource dataSource) {
    assertThat(((HikariDataSource) dataSource).getPoolName()).startsWith("cruddur-");
  }

  @Test
  void tellsHealthAndMetrics() {
    assertThat(get("/actuator/health"))
        .contains("\"cruddur\":{\"status\":\"UP\"}")
        .doesNotContain("127.0.0.1", "\"db\"");
    assertThat(get("/actuator/metrics/hikaricp.connections.max"))
        .contains("\"value\":10", "cruddur-");
    assertThat(get("/actuator/metrics/http.server.requests")).contains("COUNT");
  }
}
