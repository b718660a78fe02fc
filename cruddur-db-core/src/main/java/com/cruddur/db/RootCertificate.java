package com.cruddur.db;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The file with root certificates that libpq and the driver use if the URL names none. */
final class RootCertificate {

  private RootCertificate() {}

  static boolean exists() {
    return Files.exists(folder().resolve("root.crt"));
  }

  private static Path folder() {
    boolean windows =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows");
    return windows
        ? Path.of(String.valueOf(System.getenv("APPDATA")), "postgresql")
        : Path.of(System.getProperty("user.home"), ".postgresql");
  }
}
