package com.cruddur.db.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server's programs, unpacked in the cache.
 *
 * @param name tells these programs from all others: their platform, version and build
 * @param version such as {@code 18.6}
 * @param entry the directory that holds {@code bin}, {@code lib} and {@code share}
 */
record PostgresBinaries(String name, String version, Cache.Found entry) {

  private static final Pattern VERSION = Pattern.compile("\\) (\\d+(\\.\\d+)*)");
  private static final String VERSION_FILE = "version";

  static PostgresBinaries install(Cache cache, Platform platform)
      throws IOException, InterruptedException {
    BinariesArchive archive = BinariesArchive.of(platform);
    String name = platform.resource().replace(".txz", "-") + archive.fingerprint();
    Cache.Found entry =
        cache.find(CacheKind.BINARIES, name, directory -> unpack(archive, directory));
    if (!isVersion(read(entry.path()))) {
      entry.awaitWhole();
    }
    return new PostgresBinaries(name, read(entry.path()), entry);
  }

  Path home() {
    return entry.path();
  }

  /** Returns the path of a program, once it is known that all files are there. */
  String program(String name) throws IOException, InterruptedException {
    entry.awaitWhole();
    return program(home(), name);
  }

  private static String read(Path home) throws IOException {
    Path file = home.resolve(VERSION_FILE);
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private static boolean isVersion(String text) {
    return text.matches("\\d+(\\.\\d+)*");
  }

  int majorVersion() {
    int dot = version.indexOf('.');
    return Integer.parseInt(dot < 0 ? version : version.substring(0, dot));
  }

  private static void unpack(BinariesArchive archive, Path directory)
      throws IOException, InterruptedException {
    archive.extractTo(directory);
    Files.writeString(directory.resolve(VERSION_FILE), askVersion(directory));
  }

  private static String askVersion(Path home) throws IOException, InterruptedException {
    Command.Result result = Command.run(List.of(program(home, "postgres"), "--version"));
    Matcher version = VERSION.matcher(result.output());
    if (!version.find()) {
      throw new IOException(
          "The server's program does not run on this machine: " + result.output());
    }
    return version.group(1);
  }

  private static String program(Path home, String name) {
    return home.resolve("bin").resolve(name).toString();
  }
}
