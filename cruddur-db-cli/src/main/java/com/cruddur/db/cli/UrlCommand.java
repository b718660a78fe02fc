package com.cruddur.db.cli;

import com.cruddur.db.ConnectionUrl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "url",
    header = "Explains a connection URL, part by part.",
    description =
        "Reads the URL of the argument, of standard input (-), or of the environment, and says what"
            + " each part means, with the password masked. Does not connect.",
    footer = {"  cruddur-db url", "  echo \"$PROD_CONNECTION_URL\" | cruddur-db url -"})
final class UrlCommand implements Callable<Integer> {

  private static final Map<String, String> MEANINGS = new LinkedHashMap<>();

  static {
    MEANINGS.put("sslmode", "how much TLS is demanded of the server");
    MEANINGS.put("sslrootcert", "the file of the certificates that the server is verified with");
    MEANINGS.put("application_name", "what sessions are called in `cruddur-db sessions`");
    MEANINGS.put("connect_timeout", "seconds to wait for a connection");
    MEANINGS.put("target_session_attrs", "which of several hosts will do");
    MEANINGS.put("options", "settings that a session begins with");
  }

  @Parameters(arity = "0..1", paramLabel = "URL", description = "The URL, or - for standard input.")
  private @Nullable String argument;

  @Option(names = "--env", paramLabel = "NAME", description = "Take NAME_CONNECTION_URL.")
  private @Nullable String environment;

  @Mixin private JsonOption json;

  @Override
  public Integer call() {
    ConnectionUrl url = read();
    List<String[]> parts = parts(url);
    json.print(json(url), () -> lines(parts));
    return ExitCode.DONE;
  }

  private ConnectionUrl read() {
    ConnectionUrl url = parse();
    // Before its parts are shown: those of a torn URL may be pieces of the password.
    url.jdbcUrl();
    return url;
  }

  private ConnectionUrl parse() {
    if (argument != null) {
      return argument.equals("-")
          ? DatabaseOption.fromStandardInput()
          : DatabaseOption.parse("the argument", argument);
    }
    return ConnectionUrl.fromEnvironment(
        environment == null ? DatabaseOption.VARIABLE : DatabaseOption.variable(environment));
  }

  private static List<String[]> parts(ConnectionUrl url) {
    List<String[]> parts = new ArrayList<>();
    parts.add(part("user", url.user().orElse("(none)"), "who logs in"));
    parts.add(
        part("password", url.password().isPresent() ? "***" : "(none)", "as it is after decoding"));
    for (ConnectionUrl.HostPort host : url.hosts()) {
      parts.add(part("host", host.host(), RdsHost.is(host.host()) ? "Amazon RDS" : ""));
      parts.add(part("port", Integer.toString(host.port()), ""));
    }
    parts.add(part("database", url.database(), "the only one that commands act on"));
    url.parameters()
        .forEach(
            (name, value) ->
                parts.add(part(name, value, MEANINGS.getOrDefault(name, "see the libpq manual"))));
    parts.add(part("TLS", tls(url), "what follows from host and sslmode"));
    parts.add(part("written as", url.toString(), "with nothing secret, for messages"));
    return parts;
  }

  private static String tls(ConnectionUrl url) {
    return switch (Objects.requireNonNullElse(url.parameters().get("sslmode"), RdsHost.mode(url))) {
      case "disable" -> "none";
      case "allow", "prefer" -> "where the server offers it, unverified";
      case "require" -> "demanded, server not verified";
      case "verify-ca" -> "demanded, server's certificate verified";
      default -> "demanded, certificate and name of the server verified";
    };
  }

  private static String[] part(String name, String value, String meaning) {
    return new String[] {name, Printable.of(value), meaning};
  }

  private static List<String> lines(List<String[]> parts) {
    int names = parts.stream().mapToInt(part -> part[0].length()).max().orElse(0);
    return parts.stream()
        .map(
            part ->
                part[0]
                    + " ".repeat(names - part[0].length() + 2)
                    + part[1]
                    + (part[2].isEmpty() ? "" : "  (" + part[2] + ")"))
        .collect(Collectors.toList());
  }

  private static Map<String, @Nullable Object> json(ConnectionUrl url) {
    return JsonOption.object(
        "user", url.user().orElse(null),
        "password", url.password().isPresent() ? "***" : null,
        "hosts",
            url.hosts().stream()
                .map(host -> JsonOption.object("host", host.host(), "port", host.port()))
                .toList(),
        "database", url.database(),
        "parameters", url.parameters(),
        "tls", tls(url),
        "url", url.toString());
  }
}
