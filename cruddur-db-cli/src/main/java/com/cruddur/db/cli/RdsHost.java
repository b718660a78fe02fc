package com.cruddur.db.cli;

import com.cruddur.db.ConnectionUrl;
import java.util.Locale;
import java.util.regex.Pattern;

/** Knows the servers of Amazon RDS by their names, to give fitting advice. */
final class RdsHost {

  private static final Pattern NAME = Pattern.compile("(.+\\.)?rds\\.amazonaws\\.com(\\.cn)?\\.?");

  private RdsHost() {}

  static boolean is(String host) {
    return NAME.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  static boolean isIn(ConnectionUrl url) {
    return url.hosts().stream().anyMatch(host -> is(host.host()));
  }

  /** Returns the sslmode where the URL has none. */
  static String mode(ConnectionUrl url) {
    return isIn(url) ? "verify-full" : "prefer";
  }
}
