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
 * @param home the directory that holds {@code bin}, {@code lib} and {@code share}
 * @param version such as {@code 18.6}
 */
record PostgresBinaries(String name, Path home, String version) {

  private static final Pattern VERSION = Pattern.compile("\\) (\\d+(\\.\\d+)*)");
  private static final String VERSION_FILE = "version";

  static PostgresBinaries install(Cache cache, Platform platform)
      throws IOException, InterruptedException {
    BinariesArchive archive = BinariesArchive.of(platform);
    String name = platform.resource().replace(".txz", "-") + archive.fingerprint();
    Path home = cache.entry(CacheKind.BINARIES, name, directory -> unpack(archive, directory));
    return new PostgresBinaries(name, home, Files.readString(home.resolve(VERSION_FILE)));
  }

  String program(String name) {
    return program(home, name);
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
