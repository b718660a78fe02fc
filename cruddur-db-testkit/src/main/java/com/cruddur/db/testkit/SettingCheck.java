package com.cruddur.db.testkit;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks a parameter for {@code postgresql.conf}. */
final class SettingCheck {

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*(\\.[A-Za-z_][A-Za-z0-9_$]*)?");

  /** Those that the server could not be found, or stopped, with. */
  private static final Set<String> OURS =
      Set.of(
          "port",
          "listen_addresses",
          "unix_socket_directories",
          "data_directory",
          "config_file",
          "hba_file",
          "external_pid_file");

  private SettingCheck() {}

  static void check(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is no name of a setting");
    }
    if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "The setting " + name + " is the local server's own. Use the builder's methods instead.");
    }
    if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0 || value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("The value of " + name + " has more than one line");
    }
  }
}
