package com.cruddur.db;

import java.util.Map;
import java.util.regex.Pattern;

/** Reads a connection URI from an environment variable. */
final class EnvironmentVariable {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

  private EnvironmentVariable() {}

  static ConnectionUrl read(String variable, Map<String, String> environment) {
    // Someone may pass the URI itself, and then the message must not repeat it.
    if (!NAME.matcher(variable).matches()) {
      throw new IllegalArgumentException(
          "The name of an environment variable has only letters, digits and underscores."
              + " Use ConnectionUrl.parse for a URI.");
    }
    String uri = environment.getOrDefault(variable, "");
    if (uri.isBlank()) {
      throw new IllegalStateException(variable + " is not set. Set it to " + UriParser.EXPECTED);
    }
    try {
      return ConnectionUrl.parse(uri);
    } catch (IllegalArgumentException fault) {
      throw new IllegalArgumentException(variable + ": " + fault.getMessage(), fault);
    }
  }
}
