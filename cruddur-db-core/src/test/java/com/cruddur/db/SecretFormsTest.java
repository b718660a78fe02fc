package com.cruddur.db;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a canary does not find must not be there. */
class SecretFormsTest {

  private static final String SECRET = "Kan4rie/Vo9gel?>";

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ab", "abc", "user:", "password="})
  void areFoundWhereverTheyStand(String before) {
    byte[] octets = (before + SECRET + "\0after").getBytes(UTF_8);
    assertFound(new String(octets, UTF_8));
    assertFound(Base64.getEncoder().encodeToString(octets));
    assertFound(Base64.getUrlEncoder().encodeToString(octets));
    assertFound(HexFormat.of().formatHex(octets));
    assertFound(HexFormat.of().withUpperCase().formatHex(octets));
    assertFound(HexFormat.of().withPrefix("%").withUpperCase().formatHex(octets));
    assertFound(before + "Kan4rie%2FVo9gel%3F%3E");
    assertFound(before + "Kan4rie%2fVo9gel%3f%3e");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Kan4rie", "Kanarie/Vogel", "S2FuYXJpZQ=="})
  void areNotFoundInOtherTexts(String other) {
    SecretForms.assertNotIn(other, SECRET);
    assertThat(SecretForms.exact(SECRET)).hasSizeGreaterThanOrEqualTo(4);
  }

  private static void assertFound(String shown) {
    assertThatThrownBy(() -> SecretForms.assertNotIn(shown, SECRET))
        .as(shown)
        .isInstanceOf(AssertionError.class);
  }
}
