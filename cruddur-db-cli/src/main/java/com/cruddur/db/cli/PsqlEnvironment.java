package com.cruddur.db.cli;

import com.cruddur.db.ConnectionUrl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An address as the variables that libpq reads (PostgreSQL manual, "Environment Variables"). Other
 * users of the machine cannot read them, as they can a command line.
 */
final class PsqlEnvironment implements AutoCloseable {

  private static final Map<String, String> VARIABLES = new LinkedHashMap<>();

  static {
    VARIABLES.put("application_name", "PGAPPNAME");
    VARIABLES.put("channel_binding", "PGCHANNELBINDING");
    VARIABLES.put("client_encoding", "PGCLIENTENCODING");
    VARIABLES.put("connect_timeout", "PGCONNECT_TIMEOUT");
    VARIABLES.put("gssencmode", "PGGSSENCMODE");
    VARIABLES.put("gsslib", "PGGSSLIB");
    VARIABLES.put("krbsrvname", "PGKRBSRVNAME");
    VARIABLES.put("load_balance_hosts", "PGLOADBALANCEHOSTS");
    VARIABLES.put("options", "PGOPTIONS");
    VARIABLES.put("require_auth", "PGREQUIREAUTH");
    VARIABLES.put("sslcert", "PGSSLCERT");
    VARIABLES.put("sslkey", "PGSSLKEY");
    VARIABLES.put("sslmode", "PGSSLMODE");
    VARIABLES.put("sslnegotiation", "PGSSLNEGOTIATION");
    VARIABLES.put("sslrootcert", "PGSSLROOTCERT");
    VARIABLES.put("sslsni", "PGSSLSNI");
    VARIABLES.put("target_session_attrs", "PGTARGETSESSIONATTRS");
  }

  private static final String ROOTS = "/com/cruddur/db/internal/rds-roots.pem";

  private final Map<String, String> variables = new LinkedHashMap<>();
  private final List<String> without = new ArrayList<>();
  private @Nullable Path roots;

  private PsqlEnvironment() {}

  static PsqlEnvironment of(ConnectionUrl url) throws IOException {
    PsqlEnvironment environment = new PsqlEnvironment();
    environment.set(url);
    if (RdsHost.isIn(url)
        && !url.parameters().containsKey("sslmode")
        && !url.parameters().containsKey("sslrootcert")) {
      environment.verifyRds();
    }
    return environment;
  }

  private void set(ConnectionUrl url) {
    variables.put("PGHOST", joined(url, ConnectionUrl.HostPort::host));
    variables.put("PGPORT", joined(url, host -> Integer.toString(host.port())));
    variables.put("PGDATABASE", url.database());
    url.user().ifPresent(user -> variables.put("PGUSER", user));
    url.password().ifPresent(password -> variables.put("PGPASSWORD", password));
    url.parameters()
        .forEach(
            (name, value) -> {
              if (VARIABLES.containsKey(name)) {
                variables.put(VARIABLES.get(name), value);
              } else {
                without.add(name);
              }
            });
  }

  private static String joined(
      ConnectionUrl url, java.util.function.Function<ConnectionUrl.HostPort, String> part) {
    return url.hosts().stream().map(part).collect(Collectors.joining(","));
  }

  /** As all other commands do. */
  private void verifyRds() throws IOException {
    Path file = Files.createTempFile("cruddur-db-", ".pem");
    roots = file;
    try (InputStream certificates = PsqlEnvironment.class.getResourceAsStream(ROOTS)) {
      if (certificates == null) {
        throw new IOException("The certificates of RDS are missing from this build.");
      }
      Files.copy(certificates, file, StandardCopyOption.REPLACE_EXISTING);
    }
    variables.put("PGSSLMODE", "verify-full");
    variables.put("PGSSLROOTCERT", file.toString());
  }

  /** Removes whatever would lead psql elsewhere, and adds the address. */
  void applyTo(Map<String, String> environment) {
    environment.keySet().removeIf(PsqlEnvironment::leadsElsewhere);
    environment.putAll(variables);
    if (!without.isEmpty()) {
      Console.say("psql has no variable for, and does without: " + String.join(", ", without));
    }
  }

  private static boolean leadsElsewhere(String name) {
    return (name.startsWith("PG") && !name.equals("PGPASSFILE"))
        || name.endsWith(DatabaseOption.VARIABLE)
        || name.startsWith(HiddenArguments.PREFIX);
  }

  @Override
  public void close() throws IOException {
    if (roots != null) {
      Files.deleteIfExists(roots);
    }
  }
}
