package com.cruddur.db;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * The values that a connection parameter may have, and what the driver is given for each of them.
 *
 * <p>Immutable and thread-safe. {@link #toString()} describes the values, for messages and for the
 * documentation.
 */
final class ParameterValues {

  /** An integer as C's {@code strtol} reads it: libpq skips white space on both sides. */
  private static final Pattern INTEGER = Pattern.compile("[ \t-\r]*([+-]?[0-9]+)[ \t-\r]*");

  private static final Pattern NEITHER_LETTER_NOR_DIGIT = Pattern.compile("[^A-Za-z0-9]");

  /** The driver counts in milliseconds of 32 bits, and more than these 24 days would overflow. */
  private static final int LONGEST_SECONDS = Integer.MAX_VALUE / 1000;

  /** Who may see a value. */
  private enum Exposure {
    PUBLIC,
    MAY_HOLD_SECRET,
    SECRET
  }

  private final String description;
  private final Exposure exposure;
  private final Function<String, Optional<String>> translation;

  private ParameterValues(
      String description, Exposure exposure, Function<String, Optional<String>> translation) {
    this.description = description;
    this.exposure = exposure;
    this.translation = translation;
  }

  static ParameterValues text() {
    return new ParameterValues("any text", Exposure.PUBLIC, Optional::of);
  }

  /** Any text, shown nowhere because someone may have put a secret into it. */
  static ParameterValues confidentialText() {
    return new ParameterValues("any text", Exposure.MAY_HOLD_SECRET, Optional::of);
  }

  static ParameterValues secret() {
    return new ParameterValues("a secret", Exposure.SECRET, Optional::of);
  }

  static ParameterValues integer(IntFunction<String> translation) {
    return new ParameterValues(
        "an integer",
        Exposure.PUBLIC,
        value -> {
          OptionalInt number = parseInteger(value);
          return number.isPresent()
              ? Optional.of(translation.apply(number.getAsInt()))
              : Optional.empty();
        });
  }

  /** A number of seconds, where 0 and less mean that there is no limit. */
  static ParameterValues seconds() {
    return integer(seconds -> Integer.toString(Math.clamp(seconds, 0, LONGEST_SECONDS)));
  }

  static ParameterValues oneOf(String... values) {
    Map<String, String> translations = new LinkedHashMap<>();
    for (String value : values) {
      translations.put(value, value);
    }
    return translated(translations);
  }

  /** Values that the driver knows by other names; in pairs, libpq's name first. */
  static ParameterValues pairs(String... names) {
    Map<String, String> translations = new LinkedHashMap<>();
    for (int index = 0; index < names.length; index += 2) {
      translations.put(names[index], names[index + 1]);
    }
    return translated(translations);
  }

  private static ParameterValues translated(Map<String, String> translations) {
    String names = String.join(", ", translations.keySet());
    return new ParameterValues(
        translations.size() == 1 ? "only " + names : "one of " + names,
        Exposure.PUBLIC,
        value -> Optional.ofNullable(translations.get(value)));
  }

  /** UTF-8 in any of the server's spellings: JDBC speaks nothing else. */
  static ParameterValues utf8() {
    return new ParameterValues("only UTF8 or auto", Exposure.PUBLIC, ParameterValues::utf8);
  }

  private static Optional<String> utf8(String encoding) {
    String name =
        NEITHER_LETTER_NOR_DIGIT.matcher(encoding).replaceAll("").toLowerCase(Locale.ROOT);
    boolean known = encoding.equals("auto") || Set.of("", "utf8", "unicode").contains(name);
    return known ? Optional.of("") : Optional.empty();
  }

  static ParameterValues authenticationMethods() {
    return new ParameterValues(
        AuthenticationMethods.DESCRIPTION, Exposure.PUBLIC, AuthenticationMethods::translate);
  }

  /** Reads an integer of 32 bits as libpq does; empty if the text is none. */
  static OptionalInt parseInteger(String text) {
    var matcher = INTEGER.matcher(text);
    if (!matcher.matches()) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(matcher.group(1)));
    } catch (NumberFormatException tooLarge) {
      return OptionalInt.empty();
    }
  }

  /**
   * Returns the driver's value for libpq's, an empty text where the driver needs none, or nothing
   * if the value is not among these.
   */
  Optional<String> translate(String value) {
    return translation.apply(value);
  }

  /** Whether a value may be shown: a password in the wrong place is not among the known values. */
  boolean isShown(String value) {
    return exposure == Exposure.PUBLIC && value.indexOf('@') < 0 && translate(value).isPresent();
  }

  boolean mayHoldSecret() {
    return exposure != Exposure.PUBLIC;
  }

  boolean isSecret() {
    return exposure == Exposure.SECRET;
  }

  @Override
  public String toString() {
    return description;
  }
}
