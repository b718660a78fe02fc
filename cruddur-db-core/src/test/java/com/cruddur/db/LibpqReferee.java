package com.cruddur.db;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks the installed libpq what it makes of a URI. Needs a C compiler and libpq's headers (Debian:
 * libpq-dev). The system property {@code libpq.directory} chooses another libpq.so.5 at run time.
 */
final class LibpqReferee {

  private static final String SOURCE = "libpq-uri-referee.c";

  private final Path directory;
  private final Path program;

  LibpqReferee(Path directory) {
    this.directory = directory;
    this.program = directory.resolve("referee");
    compile();
  }

  private void compile() {
    Path source = directory.resolve(SOURCE);
    try (InputStream resource =
        Objects.requireNonNull(LibpqReferee.class.getResourceAsStream(SOURCE))) {
      Files.copy(resource, source);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    String headers = run(List.of(), "pg_config", "--includedir").getFirst();
    run(List.of(), "cc", "-I" + headers, "-o", program.toString(), source.toString(), "-lpq");
  }

  int version() {
    return Integer.parseInt(run(List.of(), program.toString(), "--version").getFirst());
  }

  List<String> keywords() {
    return run(List.of(), program.toString(), "--keywords");
  }

  /** Returns for each URI the parts that libpq reads from it, or nothing if libpq refuses it. */
  List<Optional<Map<String, byte[]>>> judge(List<String> uris) {
    List<String> lines =
        uris.stream().map(uri -> HexFormat.of().formatHex(uri.getBytes(UTF_8))).toList();
    return run(lines, program.toString()).stream().map(LibpqReferee::verdict).toList();
  }

  private static Optional<Map<String, byte[]>> verdict(String line) {
    if (line.equals("refused")) {
      return Optional.empty();
    }
    Map<String, byte[]> parts = new LinkedHashMap<>();
    Arrays.stream(line.split(" ", -1))
        .skip(1)
        .map(part -> part.split("=", -1))
        .forEach(part -> parts.put(part[0], HexFormat.of().parseHex(part[1])));
    return Optional.of(parts);
  }

  private List<String> run(List<String> input, String... command) {
    try {
      Path lines = Files.createTempFile(directory, "input", ".txt");
      Files.write(lines, input, US_ASCII);
      ProcessBuilder builder = new ProcessBuilder(command).redirectInput(lines.toFile());
      builder.redirectError(ProcessBuilder.Redirect.INHERIT);
      Optional.ofNullable(System.getProperty("libpq.directory"))
          .ifPresent(libraries -> builder.environment().put("LD_LIBRARY_PATH", libraries));
      Process process = builder.start();
      List<String> output =
          new ArrayList<>(
              new String(process.getInputStream().readAllBytes(), US_ASCII).lines().toList());
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command[0] + " failed with " + process.exitValue());
      }
      return output;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interruption);
    }
  }
}
