package com.cruddur.db.cli;

import com.cruddur.db.ConnectionUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose the database. Without any it is that of CONNECTION_URL. */
final class DatabaseOption {

  static final String VARIABLE = "CONNECTION_URL";
  private static final int LONGEST_URL = 65_536;

  @Option(
      names = "--env",
      paramLabel = "NAME",
      description = "Take NAME_CONNECTION_URL, for prod PROD_CONNECTION_URL.")
  private @Nullable String environment;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Take this URL; - reads it from standard input.")
  private @Nullable String url;

  /** Returns the database, and says which it is before anything is done to it. */
  Target choose() {
    Target target = find();
    Console.say("database " + target.describe());
    return target;
  }

  private Target find() {
    if (url != null && environment != null) {
      throw new WrongUsageException("--env and --url name two databases: leave one of them out.");
    }
    if (url != null) {
      return Target.of(url.equals("-") ? fromStandardInput() : parse("--url", url), "--url");
    }
    return environment == null
        ? Target.of(ConnectionUrl.fromEnvironment(), VARIABLE)
        : Target.of(ConnectionUrl.fromEnvironment(variable(environment)), variable(environment))
            .in(environment);
  }

  static String variable(String name) {
    if (!name.matches("[a-z][a-z0-9_-]{0,31}")) {
      throw new WrongUsageException(
          "--env is a lower-case letter, then up to 31 of a-z 0-9 _ -, such as prod.");
    }
    return name.toUpperCase(Locale.ROOT).replace('-', '_') + "_" + VARIABLE;
  }

  static ConnectionUrl fromStandardInput() {
    try {
      byte[] bytes = System.in.readNBytes(LONGEST_URL);
      return parse("standard input", new String(bytes, StandardCharsets.UTF_8).strip());
    } catch (IOException failure) {
      throw new IllegalStateException("Standard input could not be read.", failure);
    }
  }

  static ConnectionUrl parse(String source, String uri) {
    if (uri.isEmpty()) {
      throw new IllegalArgumentException(
          source + " is empty. Give it postgresql://user:password@host:5432/database");
    }
    try {
      return ConnectionUrl.parse(uri);
    } catch (IllegalArgumentException fault) {
      throw new IllegalArgumentException(source + ": " + fault.getMessage(), fault);
    }
  }
}
