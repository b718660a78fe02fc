package com.cruddur.db.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {

  private static final String RDS = "cruddur.c1x2.eu-central-1.rds.amazonaws.com";

  private static final String HIJACK =
      """
      CREATE SCHEMA evil;
      DO $$ DECLARE t text; BEGIN
        FOREACH t IN ARRAY ARRAY['text', 'name', 'int4', 'oid', 'bool'] LOOP
          EXECUTE format('CREATE FUNCTION evil.taken(%1$s, %1$s) RETURNS boolean LANGUAGE plpgsql AS ''BEGIN RAISE ''''hijacked!''''; END''', t);
          EXECUTE format('CREATE OPERATOR evil.= (LEFTARG = %1$s, RIGHTARG = %1$s, FUNCTION = evil.taken)', t);
          EXECUTE format('CREATE OPERATOR evil.<> (LEFTARG = %1$s, RIGHTARG = %1$s, FUNCTION = evil.taken)', t);
        END LOOP;
      END $$;
      ALTER DATABASE hijacked SET search_path = evil, public, pg_catalog""";

  private static Server server;

  @BeforeAll
  static void start() throws Exception {
    server = Server.start();
    server.createUser("cruddurroot");
    server.setUp("ready", "dev");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void walksAllTheWayWhereAllIsWell() throws Exception {
    CommandProcess.Result check = CommandProcess.run(server.environment("ready"), "check");
    assertThat(check.exitCode()).as(check.out()).isZero();
    assertThat(check.out().lines().map(line -> line.split(" +")[0] + " " + line.split(" +")[1]))
        .containsExactly(
            "name ok",
            "tcp ok",
            "tls ok",
            "login ok",
            "database ok",
            "version ok",
            "rights ok",
            "schema ok",
            "clock ok");
    assertThat(CommandProcess.run(server.environment("ready"), "check", "--json").out())
        .startsWith("[{\"step\":\"name\",\"state\":\"ok\",\"milliseconds\":");
  }

  @Test
  void namesTheStepAndTheRemedy() throws Exception {
    assertFails("postgresql://u:p@no-such-host.invalid/x", "name", "unknown", "getent hosts");
    assertFails(
        "postgresql://u:p@127.0.0.1:1/x", "tcp", "nothing listens", "instance that is stopped");
    assertFails(server.url("ready") + "?sslmode=require", "tls", "offers no TLS");
    assertFails(
        server.url("postgres", "canary-77", "127.0.0.1", "ready"),
        "login",
        "password authentication failed",
        "%40");
    assertFails(
        server.url("raedy"), "database", "does not exist", "wrong database", "postgres, ready");
  }

  @Test
  void tellsTheWrongDatabaseByWhatIsInIt() throws Exception {
    server.execute("postgres", "CREATE DATABASE shop");
    server.execute("shop", "CREATE TABLE orders (id int)");
    assertFails(server.url("shop"), "schema", "not Cruddur's", "wrong database");
    server.execute("postgres", "CREATE DATABASE blank");
    assertFails(server.url("blank"), "schema", "pending", "cruddur-db migrate");
  }

  @Test
  void runsNoOperatorOfTheDatabasesOwner() throws Exception {
    server.setUp("hijacked", "dev");
    server.execute("hijacked", HIJACK);
    for (String command : List.of("check", "sessions", "info", "validate")) {
      CommandProcess.Result result = CommandProcess.run(server.environment("hijacked"), command);
      assertThat(result.out() + result.err()).as(command).doesNotContain("hijacked!");
      assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }
  }

  @Test
  void namesMissingRights() throws Exception {
    assertFails(
        server.url("cruddurroot", Server.PASSWORD, "127.0.0.1", "ready"),
        "rights",
        "INSERT on",
        "GRANT cruddur_app TO \"cruddurroot\"");
  }

  @Test
  void namesTheSecurityGroupWhereNobodyAnswers() throws Exception {
    // A full queue of connections is what a dropped packet looks like.
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket first = new Socket(deaf.getInetAddress(), deaf.getLocalPort());
        Socket second = new Socket(deaf.getInetAddress(), deaf.getLocalPort())) {
      assertFails(
          "postgresql://u:p@127.0.0.1:" + deaf.getLocalPort() + "/x",
          "tcp",
          "does not answer",
          "security group",
          "stopped");
      assertThat(first.isConnected() && second.isConnected()).isTrue();
    }
  }

  @Test
  void advisesWithTheToolsOfAmazonWhereTheHostIsOneOfRds(@TempDir Path directory) throws Exception {
    assertFails(
        "postgresql://u:p@cruddur.abc.eu-central-1.rds.amazonaws.com.invalid/x",
        "name",
        "getent hosts");
    Path hosts = Files.writeString(directory.resolve("hosts"), "127.0.0.1 " + RDS + "\n");
    Map<String, String> names =
        Map.of("JAVA_TOOL_OPTIONS", "-Djdk.net.hosts.file=" + hosts.toAbsolutePath());
    assertFails(names, "postgresql://u:p@gone." + RDS + "/x", "name", "describe-db-instances");
    assertFails(
        names,
        "postgresql://u:p@%s:%d/ready".formatted(RDS, server.port()),
        "tls",
        "offers no TLS",
        "sslmode=verify-full");
  }

  @Test
  void tellsWhatIsWrongWithACertificate(@TempDir Path directory) throws Exception {
    server.turnOnTls(directory);
    try {
      assertFails(
          server.url("ready") + "?sslmode=verify-full",
          "tls",
          "certificates is missing",
          "sslrootcert");
      String own = "?sslmode=verify-full&sslrootcert=" + directory.resolve("server.crt");
      assertFails(server.url("ready") + own, "tls", "name that is in the server's certificate");
      assertThat(
              CommandProcess.run(
                      Map.of("CONNECTION_URL", server.url("ready") + own.replace("full", "ca")),
                      "check")
                  .out())
          .contains("tls      ok", "TLSv1.3");
    } finally {
      server.setTls("off");
    }
  }

  @Test
  void knowsWhatIsNoPostgresql() throws Exception {
    try (ServerSocket web = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (Socket client = web.accept()) {
                  client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
                  client.getInputStream().read();
                } catch (java.io.IOException gone) {
                  throw new java.io.UncheckedIOException(gone);
                }
              });
      assertFails(
          "postgresql://u:p@127.0.0.1:" + web.getLocalPort() + "/x", "tls", "no PostgreSQL");
    }
  }

  private static void assertFails(String url, String step, String... expected) throws Exception {
    assertFails(Map.of(), url, step, expected);
  }

  private static void assertFails(
      Map<String, String> environment, String url, String step, String... expected)
      throws Exception {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("CONNECTION_URL", url);
    CommandProcess.Result check = CommandProcess.run(variables, "check");
    assertThat(check.exitCode()).as(check.out() + check.err()).isEqualTo(4);
    assertThat(check.out().lines().filter(line -> line.contains(" failed ")))
        .as(check.out())
        .first()
        .asString()
        .startsWith(step + " ");
    assertThat(check.out()).contains(expected).doesNotContain("canary-77", Server.PASSWORD);
  }
}
