package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "sslmode=require&sslrootcert=/ca.pem, verify-ca",
    "sslmode=require&sslrootcert=, require",
    "sslmode=verify-full&sslrootcert=/ca.pem, verify-full",
    "sslmode=prefer&sslrootcert=/ca.pem, prefer",
    "ssl=true&sslrootcert=/ca.pem, verify-ca",
    "sslrootcert=system, verify-full",
    "sslrootcert=system&sslmode=verify-full, verify-full",
  })
  void verifiesWhereLibpqDoes(String query, String sslmode) {
    assertThat(properties(query)).containsEntry("sslmode", sslmode);
  }

  @Test
  void leavesSslmodeToTheDriverWhereNothingIsSaid() {
    assertThat(properties("sslrootcert=/ca.pem"))
        .doesNotContainKey("sslmode")
        .containsEntry("sslrootcert", "/ca.pem");
  }

  @Test
  void trustsWhatTheJvmTrustsForSystem() {
    assertThat(properties("sslrootcert=system"))
        .doesNotContainKey("sslrootcert")
        .containsEntry("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"disable", "allow", "prefer", "require", "verify-ca"})
  void refusesSystemWithWeakSslmode(String sslmode) {
    assertRefused("sslrootcert=system&sslmode=" + sslmode, "sslrootcert", "verify-full");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sslcert", "sslkey", "sslpassword"})
  void refusesClientCertificateWithSystem(String name) {
    assertRefused("sslrootcert=system&" + name + "=canary", name, "sslrootcert=system");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&sslmode=disable", "&sslmode=allow", "&sslmode=prefer"})
  void refusesDirectNegotiationWithWeakSslmode(String rest) {
    assertRefused("sslnegotiation=direct" + rest, "sslnegotiation", "verify-ca");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sslmode=require",
        "sslmode=verify-ca",
        "sslmode=verify-full",
        "sslrootcert=system",
        "ssl=true&sslrootcert=/ca.pem"
      })
  void negotiatesDirectlyWithStrongSslmode(String rest) {
    assertThat(properties("sslnegotiation=direct&" + rest))
        .containsEntry("sslNegotiation", "direct");
  }

  @Test
  void acceptsEmptyClientCertificateWithSystem() {
    assertThatNoException().isThrownBy(() -> properties("sslrootcert=system&sslcert=&sslkey="));
  }

  private static void assertRefused(String query, String name, String remedy) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> properties(query))
        .withMessageStartingWith("The parameter " + name + " ")
        .withMessageContaining(remedy)
        .withMessageNotContaining("canary");
  }

  private static Properties properties(String query) {
    return ConnectionUrl.parse("postgresql://host/db?" + query).driverProperties();
  }
}
