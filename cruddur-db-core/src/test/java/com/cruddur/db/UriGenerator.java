package com.cruddur.db;

import static java.lang.Character.isLowSurrogate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.TestReporter;

/** Makes connection URIs, right and wrong ones, from a seed. */
final class UriGenerator {

  private static final List<String> TEXTS =
      List.of(
          "",
          "",
          "host",
          "user",
          "cruddur",
          "a",
          "10.0.0.1",
          "::1",
          "5432",
          "0",
          "65536",
          "+",
          "é",
          "%41",
          "%2F",
          "%2f",
          "%40",
          "%3A",
          "%2C",
          "%5B",
          "%20",
          "%C3%A9",
          "%25",
          "%2525",
          "💧");

  private static final List<String> FAULTS =
      List.of("%00", "%zz", "%", "%4", "%FF", "%C3", "[", "]", "@", "/", ":", "=", "&", "?", "#");

  private static final List<String> VALUES =
      List.of("require", "true", "1", "0", "", "verify-full", "any", "-c%20a%3Db", "/tmp", "x,y");

  private static final List<String> UNKNOWN_NAMES =
      List.of("ssl", "requiressl", "SSLMODE", "uzer", "prepareThreshold", "", "sslm%6Fde", "%zz");

  private static final List<String> PIECES =
      List.of("@", ":", "/", "?", "&", "=", ",", "[", "]", "%", "#", "[::1]", "sslmode=", "user=");

  private final Random random;
  private final List<String> names = new ArrayList<>(UNKNOWN_NAMES);
  private final boolean withBlanks;

  /**
   * Makes a generator.
   *
   * @param names the parameters to use, beside names that nobody knows
   * @param withBlanks whether to write blanks that are not escaped
   */
  UriGenerator(long seed, List<String> names, boolean withBlanks) {
    this.random = new Random(seed);
    this.names.addAll(names);
    this.withBlanks = withBlanks;
  }

  /** Reports the seed to use: the system property {@code uri.seed}, or else a new one. */
  static long seed(TestReporter reporter) {
    long seed = Long.getLong("uri.seed", System.nanoTime());
    reporter.publishEntry("uri.seed", Long.toString(seed));
    return seed;
  }

  List<String> generate(int count) {
    List<String> uris = new ArrayList<>();
    while (uris.size() < count) {
      uris.add(random.nextInt(4) == 0 ? soup() : damaged(structured()));
    }
    return uris;
  }

  private String structured() {
    StringBuilder uri = new StringBuilder(scheme());
    if (random.nextBoolean()) {
      uri.append(text()).append(random.nextBoolean() ? ":" + text() : "").append('@');
    }
    for (int rest = random.nextInt(3); rest >= 0; rest--) {
      uri.append(random.nextInt(4) == 0 ? "[::1]" : text());
      uri.append(random.nextBoolean() ? ":" + text() : "").append(rest > 0 ? "," : "");
    }
    uri.append(random.nextBoolean() ? "/" + text() : "");
    String separator = "?";
    for (int rest = random.nextInt(4); rest > 0; rest--) {
      uri.append(separator).append(pick(names)).append('=').append(value());
      separator = "&";
    }
    return uri.toString();
  }

  private String soup() {
    StringBuilder uri = new StringBuilder(scheme());
    for (int rest = random.nextInt(12); rest > 0; rest--) {
      uri.append(random.nextBoolean() ? pick(PIECES) : text());
    }
    return uri.toString();
  }

  private String damaged(String uri) {
    if (random.nextInt(3) > 0) {
      return uri;
    }
    return inserted(uri, "postgresql://".length() + random.nextInt(uri.length()), pick(FAULTS));
  }

  private static String inserted(String text, int position, String piece) {
    int place = Math.min(position, text.length());
    boolean insideCharacter = place < text.length() && isLowSurrogate(text.charAt(place));
    place -= insideCharacter ? 1 : 0;
    return text.substring(0, place) + piece + text.substring(place);
  }

  private String scheme() {
    return random.nextInt(5) == 0 ? "postgres://" : "postgresql://";
  }

  private String text() {
    String text = pick(TEXTS);
    while (random.nextInt(4) == 0) {
      text += pick(TEXTS);
    }
    return withBlanks && random.nextInt(6) == 0
        ? inserted(text, random.nextInt(text.length() + 1), " ")
        : text;
  }

  private String value() {
    return random.nextBoolean() ? pick(VALUES) : text();
  }

  private String pick(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }
}
