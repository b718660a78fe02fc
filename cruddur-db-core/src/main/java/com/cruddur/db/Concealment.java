package com.cruddur.db;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hides what may be a secret in the wrong place: what follows a colon in the name of a user (the
 * colon between user and password was escaped), a key that stands where the name of its file
 * belongs, and all parts of an address that may be torn apart.
 */
final class Concealment {

  private static final String MASK = "***";

  private final Map<Pattern, String> secrets = new LinkedHashMap<>();
  private final boolean everything;

  Concealment(ConnectionUrl url, String user) {
    this.everything = url.doubt().isPresent();
    if (!user(user).equals(user)) {
      hide(Pattern.quote(user), user(user));
      // The server cuts long names off, and writes them in quotes.
      hide(
          Pattern.quote("\"" + user.substring(0, user.indexOf(':') + 1)) + "[^\"]*",
          "\"" + user(user));
    }
    url.find(ConnectionParameter.SSLKEY)
        .filter(key -> !isFile(key))
        .ifPresent(key -> hide(Pattern.quote(key), MASK));
  }

  private void hide(String pattern, String replacement) {
    secrets.put(Pattern.compile(pattern), Matcher.quoteReplacement(replacement));
  }

  private static boolean isFile(String name) {
    try {
      return Files.exists(Path.of(name));
    } catch (InvalidPathException none) {
      return false;
    }
  }

  /** Returns the name of a user up to a colon. */
  static String user(String name) {
    int colon = name.indexOf(':');
    return colon < 0 ? name : name.substring(0, colon + 1) + MASK;
  }

  /** Whether a name can be shown as it is. */
  boolean shows(String name) {
    return !everything && conceal(name).equals(name);
  }

  /** Returns a message of our own without secrets. */
  String conceal(String message) {
    String text = message;
    for (Map.Entry<Pattern, String> secret : secrets.entrySet()) {
      text = secret.getKey().matcher(text).replaceAll(secret.getValue());
    }
    return text;
  }

  /** Returns somebody else's exception, or one of the same state and place without secrets. */
  SQLException conceal(SQLException failure) {
    if (!everything && !tells(failure)) {
      return failure;
    }
    String message = everything ? MASK : conceal(String.valueOf(failure.getMessage()));
    SQLException safe = new SQLException(message, failure.getSQLState());
    safe.setStackTrace(failure.getStackTrace());
    return safe;
  }

  private boolean tells(@Nullable Throwable failure) {
    if (failure == null) {
      return false;
    }
    String text = failure.toString();
    boolean told = !conceal(text).equals(text) || tells(failure.getCause());
    for (Throwable suppressed : failure.getSuppressed()) {
      told |= tells(suppressed);
    }
    return told;
  }
}
