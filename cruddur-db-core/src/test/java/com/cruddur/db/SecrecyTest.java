package com.cruddur.db;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No text that this package makes may hold a secret, whatever is wrong with the URI. */
class SecrecyTest {

  private static final String LEFT = "Kan4rie";
  private static final String RIGHT = "Vo9gel";

  /** Where a secret may stand, or where an error may put it; # is the secret. */
  private static final List<String> PLACES =
      List.of(
          "postgresql://user:#@host:5432/db",
          "postgresql://user:#@host:port/db",
          "postgresql://user:#@host/db?sslmode=none",
          "postgresql://user:#@host/db?hostaddr=10.0.0.1",
          "postgresql://user:#@host/db?unknown=1",
          "postgresql://user:#@host/db?unknown",
          "postgresql://user:#@%2Ftmp/db",
          "postgresql://user:#@[::1/db",
          "postgresql://user:#@h1,h2/db?port=1,2,3",
          "postgresql://user:#@host/%",
          "postgresql://user:#@host/d b",
          "postgresql://user:#",
          "postgresql://user:#/db",
          "postgresql://host/db?user=user&password=#",
          "postgresql://host/db?password=#&sslmode=none",
          "postgresql://host/db?password=#&password=#",
          "postgresql://host/db?sslpassword=#",
          "postgresql://host/db?sslpassword=#&sslrootcert=system",
          "postgresql://host/db?scram_client_key=#",
          "postgresql://host/db?oauth_client_secret=#",
          "postgresql://host/db?sslmode=#",
          "postgresql://host/db?connect_timeout=#",
          "postgresql://host/db?options=#",
          "jdbc:postgresql://host/db?user=user&password=#",
          "jdbc:postgresql://user:#@host/db",
          "postgres:user:#@host/db",
          "host=host password=#",
          "#");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "@", "/", "%", ":", "?", "#", "&", "=", "[", "]", ",", " ", "+", "!", "%00", "%FF",
        "%zz", "@/", "/@", "@?", "/?", "?/", "@[", "@,", "/%", "@%", "@:", ":/", "@/@", "\0", "\n"
      })
  void keepsSecretsToItself(String separator) {
    String secret = LEFT + separator + RIGHT;
    for (String place : PLACES) {
      // Without a host, an @ in the password is the right one, and a host follows it.
      if (!place.startsWith("postgresql://user:#")
          || place.contains("@")
          || !secret.contains("@")) {
        assertSecret(place.replace("#", secret), secret);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://user%3A" + LEFT + "@host/db",
        "postgresql://user%3A" + LEFT + "%40host/db",
        "postgresql://user:" + LEFT + "%40host/db",
      })
  void keepsSecretsThatWereEscapedWithTheirSeparators(String uri) {
    assertSecret(uri, LEFT);
  }

  private static void assertSecret(String uri, String secret) {
    List<String> texts = new ArrayList<>();
    record(texts, () -> EnvironmentVariable.read("A_URL", Map.of("A_URL", uri)));
    record(
        texts,
        () -> {
          ConnectionUrl url = ConnectionUrl.parse(uri);
          record(texts, () -> texts.add(url.withDatabase("other").toString()));
          record(texts, () -> texts.add(url.toString()));
          record(texts, url::hosts);
          record(texts, url::database);
          record(texts, () -> url.withDatabase(""));
          record(texts, () -> texts.add(url.jdbcUrl()));
          record(texts, () -> texts.add(withoutOptions(url.driverProperties())));
        });
    for (String text : texts) {
      assertThat(text).as("from %s", uri).doesNotContain(forms(secret));
    }
  }

  /** What stands in {@code options} has to reach the driver. */
  private static String withoutOptions(Properties properties) {
    properties.remove("options");
    return properties.toString();
  }

  private static void record(List<String> texts, Runnable use) {
    try {
      use.run();
    } catch (IllegalArgumentException failure) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      texts.add(trace.toString());
    }
  }

  private static List<String> forms(String secret) {
    List<String> forms = new ArrayList<>();
    for (String clear : List.of(LEFT, RIGHT, secret)) {
      byte[] octets = clear.getBytes(UTF_8);
      HexFormat escapes = HexFormat.of().withPrefix("%");
      forms.add(clear);
      forms.add(escapes.formatHex(octets));
      forms.add(escapes.withUpperCase().formatHex(octets));
      forms.add(PercentEncoder.encode(clear));
      forms.add(Base64.getEncoder().withoutPadding().encodeToString(octets));
    }
    return forms;
  }
}
