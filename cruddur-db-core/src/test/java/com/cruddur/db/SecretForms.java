package com.cruddur.db;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** The forms in which a secret may be shown without being seen at once. */
final class SecretForms {

  private static final int BITS_OF_AN_OCTET = 8;
  private static final int BITS_OF_A_LETTER = 6;

  private SecretForms() {}

  static void assertNotIn(String shown, String... secrets) {
    String anyCase = shown.toLowerCase(Locale.ROOT);
    for (String secret : secrets) {
      assertThat(shown).doesNotContain(exact(secret));
      for (String form : ofAnyCase(secret)) {
        assertThat(anyCase).doesNotContain(form.toLowerCase(Locale.ROOT));
      }
    }
  }

  /** In clear, and in base64 wherever in a longer text it stands. */
  static List<String> exact(String secret) {
    List<String> forms = new ArrayList<>(List.of(secret));
    for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
      for (int offset = 0; offset < 3; offset++) {
        forms.add(base64(encoder, offset, secret.getBytes(UTF_8)));
      }
    }
    return forms;
  }

  /** The letters that depend on the secret alone, not on what stands before or after it. */
  private static String base64(Base64.Encoder encoder, int offset, byte[] secret) {
    byte[] octets = new byte[offset + secret.length];
    System.arraycopy(secret, 0, octets, offset, secret.length);
    int first = Math.ceilDiv(offset * BITS_OF_AN_OCTET, BITS_OF_A_LETTER);
    int end = octets.length * BITS_OF_AN_OCTET / BITS_OF_A_LETTER;
    return encoder.encodeToString(octets).substring(first, end);
  }

  /** With escapes where they are needed, with nothing else, and in hexadecimal digits. */
  private static List<String> ofAnyCase(String secret) {
    byte[] octets = secret.getBytes(UTF_8);
    return List.of(
        PercentEncoder.encode(secret),
        HexFormat.of().withPrefix("%").formatHex(octets),
        HexFormat.of().formatHex(octets),
        HexFormat.ofDelimiter(" ").formatHex(octets));
  }
}
