package com.cruddur.db.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class UrlCommandTest {

  private static final String URL =
      "postgresql://cruddurroot:canary%21%40%2F%25@db.example.com:6543/cruddur_test?sslmode=require&application_name=a%20b";

  @Test
  void explainsEachPartOfArgumentInputAndEnvironmentWithoutThePassword() throws Exception {
    CommandProcess.Result argument = CommandProcess.run(Map.of(), "url", URL);
    assertThat(argument.exitCode()).as(argument.err()).isZero();
    assertThat(argument.out())
        .contains("cruddurroot", "db.example.com", "6543", "cruddur_test", "require", "a b", "***")
        .doesNotContain("canary");
    String expected = argument.out();
    assertThat(CommandProcess.runWithInput(URL + "\n", Map.of(), "url", "-").out())
        .isEqualTo(expected);
    assertThat(CommandProcess.run(Map.of("CONNECTION_URL", URL), "url").out()).isEqualTo(expected);
    assertThat(CommandProcess.run(Map.of("PROD_CONNECTION_URL", URL), "url", "--env", "prod").out())
        .isEqualTo(expected);
    assertThat(CommandProcess.run(Map.of(), "url", URL, "--json").out())
        .contains("\"port\":6543", "\"password\":\"***\"", "\"sslmode\":\"require\"")
        .doesNotContain("canary");
  }

  @Test
  void saysWhatIsWrongWithAUrlAndNeverWhatItHolds() throws Exception {
    for (String url :
        new String[] {
          "postgresql://u:canary@x@localhost/cruddur", "mysql://u:canary@localhost/cruddur",
          "postgresql://u:canary/rest@localhost/cruddur",
              "postgresql://u:p@localhost/db?password=canary&nonsense=canary",
          "canary", ""
        }) {
      CommandProcess.Result result = CommandProcess.runWithInput(url, Map.of(), "url", "-");
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.out() + result.err()).contains("cruddur-db: ").doesNotContain("canary");
    }
  }
}
