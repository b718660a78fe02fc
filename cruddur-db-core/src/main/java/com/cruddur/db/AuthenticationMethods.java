package com.cruddur.db;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The lists of authentication methods that {@code require_auth} may hold. */
final class AuthenticationMethods {

  /** What both libpq and the driver know; libpq's {@code oauth} is none of them. */
  private static final Set<String> KNOWN =
      Set.of("password", "md5", "gss", "sspi", "scram-sha-256", "none");

  static final String DESCRIPTION =
      "a comma-separated list of password, md5, gss, sspi, scram-sha-256 and none,"
          + " each once, all or none of them after an exclamation mark";

  private AuthenticationMethods() {}

  /** Returns the list for the driver, or nothing if libpq or the driver refuses it. */
  static Optional<String> translate(String list) {
    return list.isEmpty() || isValid(List.of(list.split(",", -1)))
        ? Optional.of(list)
        : Optional.empty();
  }

  private static boolean isValid(List<String> methods) {
    boolean excluded = methods.get(0).startsWith("!");
    Set<String> seen = new HashSet<>();
    for (String method : methods) {
      String name = excluded && method.startsWith("!") ? method.substring(1) : method;
      if (method.startsWith("!") != excluded || !KNOWN.contains(name) || !seen.add(name)) {
        return false;
      }
    }
    // With every method excluded libpq allows none, and the driver all of them.
    return !excluded || seen.size() < KNOWN.size();
  }
}
