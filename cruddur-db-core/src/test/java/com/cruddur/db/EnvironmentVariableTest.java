package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentVariableTest {

  @Test
  void readsUri() {
    ConnectionUrl url =
        EnvironmentVariable.read("A_URL", Map.of("A_URL", "postgres://host/db", "B_URL", "x"));
    assertThat(url).isEqualTo(ConnectionUrl.parse("postgres://host/db"));
  }

  @Test
  void saysWhatToSetWhereVariableIsMissing() {
    assertThatIllegalStateException()
        .isThrownBy(() -> EnvironmentVariable.read("CONNECTION_URL", Map.of()))
        .withMessage(
            "CONNECTION_URL is not set."
                + " Set it to postgresql://user:password@host:5432/database");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void takesBlankVariableForMissing(String value) {
    assertThatIllegalStateException()
        .isThrownBy(() -> EnvironmentVariable.read("PROD_URL", Map.of("PROD_URL", value)))
        .withMessageStartingWith("PROD_URL is not set.");
  }

  @Test
  void namesVariableThatHoldsNoUri() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> EnvironmentVariable.read("PROD_URL", Map.of("PROD_URL", "postgresql://%")))
        .withMessage(
            "PROD_URL: The host holds a % without two hexadecimal digits:"
                + " write a % itself as %25.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql://user:canary@host/db", "", "A B", "A=B", "1A"})
  void repeatsNoNameThatIsNone(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConnectionUrl.fromEnvironment(name))
        .withMessage(
            "The name of an environment variable has only letters, digits and underscores."
                + " Use ConnectionUrl.parse for a URI.");
  }

  @Test
  void looksIntoTheEnvironmentOfTheProcess() {
    assertThatIllegalStateException()
        .isThrownBy(() -> ConnectionUrl.fromEnvironment("CRUDDUR_NO_SUCH_VARIABLE"))
        .withMessageStartingWith("CRUDDUR_NO_SUCH_VARIABLE is not set.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConnectionUrl.fromEnvironment("PATH"))
        .withMessageStartingWith("PATH: This is no PostgreSQL connection URI.");
  }

  @Test
  void readsConnectionUrlUnlessAnotherVariableIsNamed() {
    assertThatIllegalStateException()
        .isThrownBy(ConnectionUrl::fromEnvironment)
        .withMessageStartingWith("CONNECTION_URL is not set.");
  }
}
