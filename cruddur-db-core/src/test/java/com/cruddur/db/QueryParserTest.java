package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParserTest {

  @ParameterizedTest
  @CsvSource({
    "ssl=true, require",
    "ssl=%74rue, require",
    "ssl=true&sslmode=disable, disable",
    "sslmode=disable&ssl=true, require",
    "requiressl=1, require",
    "requiressl=12, require",
    "requiressl=0, prefer",
    "requiressl=, prefer",
    "sslmode=allow&, allow",
    "sslm%6Fde=verify%2Dca, verify-ca",
    "sslmode=disable&sslmode=require, require",
  })
  void readsSslmode(String query, String sslmode) {
    assertThat(parse(query).parameters()).containsExactly(Map.entry("sslmode", sslmode));
  }

  @Test
  void keepsPlusSignsAndDecodesOnce() {
    assertThat(parse("application_name=a+b%2Bc%2541%26").parameters())
        .containsExactly(Map.entry("application_name", "a+b+c%41&"));
  }

  @Test
  void keepsWhatLibpqWouldOnlyRefuseLater() {
    assertThat(parse("sslmode=REQUIRE&hostaddr=nowhere&connect_timeout=soon").parameters())
        .containsOnly(
            Map.entry("sslmode", "REQUIRE"),
            Map.entry("hostaddr", "nowhere"),
            Map.entry("connect_timeout", "soon"));
  }

  @ParameterizedTest
  @CsvSource({
    "currentSchema=a, currentSchema",
    "socketFactory=a.B, socketFactory",
    "prepareThreshold=0, prepareThreshold",
    "sslfactory=a.B, sslfactory",
    "loggerFile=a, loggerFile",
    "uzer=a, uzer",
  })
  void namesUnknownParameter(String query, String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(query))
        .withMessage("The parameter " + name + " is none that libpq knows.");
  }

  @ParameterizedTest
  @CsvSource({
    "ApplicationName, application_name",
    "connectTimeout, connect_timeout",
    "targetServerType, target_session_attrs",
    "tcpKeepAlive, keepalives",
    "SSLMODE, sslmode",
    "ssl_mode, sslmode",
    "load-balance-hosts, load_balance_hosts",
  })
  void namesTheParameterThatWasMeant(String name, String meant) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(name + "=a"))
        .withMessage("The parameter " + name + " is none that libpq knows: write " + meant + ".");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password=half&half=a",
        "sslpassword=half&half=a",
        "options=half&half=a",
        "half%2Fhalf=a",
        "=half",
        "user=a@b&half=a"
      })
  void keepsUnknownNameThatMayBeSecretToItself(String query) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(query))
        .withMessageContaining("parameter number ")
        .withMessageNotContaining("half");
  }

  @Test
  void saysThatSslHasOneValue() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("ssl=verify"))
        .withMessage("The parameter ssl can only be true: write sslmode instead.");
  }

  @Test
  void countsParametersFromOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("sslmode=require&user"))
        .withMessage("The parameter number 2 has no value: write name=value.");
  }

  private static ConnectionUrl parse(String query) {
    return ConnectionUrl.parse("postgresql://host/?" + query);
  }
}
