package com.cruddur.db;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the parameters of a URI, {@code name=value&name=value}, with libpq's three special cases: a
 * closing {@code &} is nothing, {@code ssl=true} is {@code sslmode=require}, and {@code requiressl}
 * is the oldest spelling of {@code sslmode}.
 *
 * <p>Used once, by one thread.
 */
final class QueryParser {

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,62}");

  private final Map<ConnectionParameter, String> values;
  private final UnescapedCharacters suspects;

  /** Whether an unknown name may be a piece of a password that held an unescaped {@code &}. */
  private boolean namesMayBeSecret;

  QueryParser(Map<ConnectionParameter, String> values, UnescapedCharacters suspects) {
    this.values = values;
    this.suspects = suspects;
    this.namesMayBeSecret = suspects != UnescapedCharacters.NONE;
  }

  /** Puts the parameters among the values; the last of equal names counts. */
  void parse(String query) {
    String[] pairs = query.split("&", -1);
    boolean closed = pairs[pairs.length - 1].isEmpty();
    int count = closed ? pairs.length - 1 : pairs.length;
    for (int index = 0; index < count; index++) {
      parsePair(pairs[index], "parameter number " + (index + 1));
    }
  }

  private void parsePair(String pair, String part) {
    int equalsSign = pair.indexOf('=');
    if (equalsSign < 0) {
      throw suspects.refuse("The " + part + " has no value: write name=value");
    }
    if (pair.indexOf('=', equalsSign + 1) >= 0) {
      throw suspects.refuse("The " + part + " has an = in its value: write it as %3D");
    }
    String name =
        new PercentDecoder("name of " + part, suspects).decode(pair.substring(0, equalsSign));
    String value =
        new PercentDecoder("value of " + part, suspects).decode(pair.substring(equalsSign + 1));
    store(name, value, part);
  }

  private void store(String name, String value, String part) {
    if (name.equals("ssl") && value.equals("true")) {
      values.put(ConnectionParameter.SSLMODE, "require");
    } else if (name.equals("requiressl")) {
      values.put(ConnectionParameter.SSLMODE, value.startsWith("1") ? "require" : "prefer");
    } else {
      ConnectionParameter parameter =
          ConnectionParameter.named(name).orElseThrow(() -> unknown(name, part));
      values.put(parameter, value);
      namesMayBeSecret |= parameter.allowedValues().mayHoldSecret();
    }
  }

  private IllegalArgumentException unknown(String name, String part) {
    if (name.equals("ssl")) {
      return suspects.refuse("The parameter ssl can only be true: write sslmode instead");
    }
    if (namesMayBeSecret || !IDENTIFIER.matcher(name).matches()) {
      return suspects.refuse(
          "The " + part + " is none that libpq knows. Write & in a value as %26");
    }
    Optional<ConnectionParameter> meant = ConnectionParameter.similarTo(name);
    return suspects.refuse(
        "The parameter "
            + name
            + " is none that libpq knows"
            + meant.map(parameter -> ": write " + parameter.libpqName()).orElse(""));
  }
}
