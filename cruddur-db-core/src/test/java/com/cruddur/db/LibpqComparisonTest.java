package com.cruddur.db;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.regex.Matcher.quoteReplacement;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Compares the parser with the installed libpq, which is right where the two differ. */
@Tag("external")
class LibpqComparisonTest {

  /** From this version on libpq trims blanks, as the parser does. */
  private static final int TRIMS_BLANKS = 180000;

  private static final int GENERATED = 50_000;
  private static final String REFUSED = "refused";
  private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");

  @TempDir private static Path directory;
  private static LibpqReferee libpq;

  @BeforeAll
  static void compileReferee() {
    libpq = new LibpqReferee(directory);
  }

  @Test
  void knowsEveryParameterOfLibpq() {
    assertThat(libpq.keywords())
        .isNotEmpty()
        .allSatisfy(keyword -> assertThat(ConnectionParameter.named(keyword)).isPresent());
  }

  @Test
  void readsGeneratedUrisAsLibpqDoes(TestReporter reporter) {
    long seed = UriGenerator.seed(reporter);
    boolean withBlanks = libpq.version() >= TRIMS_BLANKS;
    UriGenerator generator = new UriGenerator(seed, libpq.keywords(), withBlanks);
    assertThat(differences(generator.generate(GENERATED)))
        .as("uri.seed=%d, libpq %d", seed, libpq.version())
        .isEmpty();
  }

  @Test
  void readsWrittenUrisAsLibpqDoes() {
    List<String> uris = new ArrayList<>(UriSamples.ALL);
    if (libpq.version() < TRIMS_BLANKS) {
      uris.removeIf(uri -> uri.indexOf(' ') >= 0);
    }
    assertThat(differences(uris)).as("libpq %d", libpq.version()).isEmpty();
  }

  private static List<String> differences(List<String> uris) {
    List<Optional<Map<String, byte[]>>> verdicts = libpq.judge(uris);
    assertThat(verdicts).hasSameSizeAs(uris);
    List<String> differences = new ArrayList<>();
    for (int index = 0; index < uris.size(); index++) {
      String uri = uris.get(index);
      String expected = isUtf8(uri) ? expected(verdicts.get(index)) : REFUSED;
      String actual = actual(uri);
      if (!actual.equals(expected)) {
        differences.add(visible(uri + " is " + expected + ", not " + actual));
      }
    }
    return differences;
  }

  private static String visible(String text) {
    return text.codePoints()
        .mapToObj(point -> point > ' ' && point < 127 ? Character.toString(point) : "\\" + point)
        .collect(Collectors.joining());
  }

  /** Bytes that are no UTF-8 are refused anywhere, because a Java string cannot hold them. */
  private static boolean isUtf8(String uri) {
    // As each part is decoded for itself, the separators keep halves of a character apart.
    String octets =
        ESCAPE
            .matcher(new String(uri.getBytes(UTF_8), ISO_8859_1))
            .replaceAll(escape -> quoteReplacement(octet(escape.group(1))));
    return new String(octets.getBytes(ISO_8859_1), UTF_8).indexOf('\uFFFD') < 0;
  }

  private static String octet(String digits) {
    return Character.toString(HexFormat.fromHexDigits(digits));
  }

  private static String expected(Optional<Map<String, byte[]>> verdict) {
    if (verdict.isEmpty()) {
      return REFUSED;
    }
    Map<String, String> parts = new TreeMap<>();
    verdict
        .get()
        .forEach(
            (keyword, value) -> {
              if (value.length > 0) {
                parts.put(keyword, new String(value, UTF_8));
              }
            });
    return parts.toString();
  }

  private static String actual(String uri) {
    Map<String, String> parts = new TreeMap<>();
    try {
      ConnectionUrl url = ConnectionUrl.parse(uri);
      Arrays.stream(ConnectionParameter.values())
          .forEach(
              parameter ->
                  url.find(parameter).ifPresent(value -> parts.put(parameter.libpqName(), value)));
      return parts.toString();
    } catch (IllegalArgumentException refused) {
      return REFUSED;
    }
  }
}
