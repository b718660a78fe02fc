package com.cruddur.db.faults;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server of our own that can be killed, frozen, restarted, copied and promoted, by its pid. */
final class PostgresProcess implements AutoCloseable {

  private static final Duration LONGEST_START = Duration.ofSeconds(30);

  private static final Set<PostgresProcess> NOT_CLOSED = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(PostgresProcess::closeAll));
  }

  private final Path data;
  private final int port;
  private final List<String> settings = new ArrayList<>();
  private @Nullable Process process;

  private PostgresProcess(Path data) throws IOException {
    this.data = data;
    this.port = freePort();
    NOT_CLOSED.add(this);
  }

  /** What a test that failed in its preparations leaves behind. */
  private static void closeAll() {
    for (PostgresProcess server : NOT_CLOSED) {
      try {
        server.close();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  /** Makes a new server and starts it. */
  static PostgresProcess create(String... settings) throws Exception {
    PostgresProcess server = new PostgresProcess(PostgresFiles.newCluster());
    server.settings.addAll(List.of(settings));
    server.start();
    return server;
  }

  /** Makes a new server that can do TLS, and starts it. */
  static PostgresProcess createWithTls() throws Exception {
    PostgresProcess server = new PostgresProcess(PostgresFiles.newCluster());
    TestCertificate certificate = TestCertificate.authority("Faults");
    PostgresFiles.writePrivately(server.data.resolve("server.crt"), certificate.pem());
    PostgresFiles.writePrivately(server.data.resolve("server.key"), certificate.keyPem());
    server.settings.add("ssl=on");
    server.start();
    return server;
  }

  /** Makes a standby of this server, from a copy of its files, and starts it. */
  PostgresProcess startStandby(String name) throws Exception {
    PostgresProcess standby = new PostgresProcess(PostgresFiles.newFolder());
    execute("CHECKPOINT");
    stop();
    PostgresFiles.copy(data, standby.data);
    start();
    Files.createFile(standby.data.resolve("standby.signal"));
    standby.settings.add(
        "primary_conninfo=host=127.0.0.1 port=%d user=postgres application_name=%s"
            .formatted(port, name));
    standby.start();
    return standby;
  }

  int port() {
    return port;
  }

  void start() throws Exception {
    List<String> command = new ArrayList<>(PostgresFiles.command("postgres"));
    command.addAll(List.of("-D", data.toString(), "-p", String.valueOf(port)));
    Stream.concat(BASE.stream(), settings.stream())
        .forEach(setting -> command.addAll(List.of("-c", setting)));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolve("server.log").toFile()))
            .start();
    awaitAnswer();
  }

  /** Small, quick, and on TCP alone. A killed process loses nothing that the kernel has. */
  private static final List<String> BASE =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "fsync=off",
          "shared_buffers=16MB",
          "max_connections=60",
          "wal_level=replica",
          "hot_standby=on",
          "wal_keep_size=64MB",
          "wal_retrieve_retry_interval=100ms",
          "log_line_prefix=%m [%p] ");

  private void awaitAnswer() throws Exception {
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (true) {
      try {
        execute("SELECT 1");
        return;
      } catch (SQLException notYet) {
        if (System.nanoTime() > end || !running().isAlive()) {
          throw new IllegalStateException(Files.readString(data.resolve("server.log")), notYet);
        }
        Thread.sleep(20);
      }
    }
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException("The server was not started");
    }
    return process;
  }

  /** Ends it as a restart does: sessions are told, and the port is closed. */
  void stop() throws Exception {
    // SIGINT is PostgreSQL's fast shutdown.
    signal("INT", List.of(running().pid()));
    if (!running().waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("The server did not stop");
    }
  }

  /** Ends all of it at once, as a machine without power does to its processes. */
  void kill() throws IOException {
    signal("KILL", everyPid());
    running().onExit().join();
  }

  /** Stops all of it where it is: the kernel still takes connections and data for it. */
  void freeze() throws IOException {
    signal("STOP", everyPid());
  }

  /** Lets it go on. */
  void thaw() throws IOException {
    signal("CONT", everyPid());
  }

  /** Makes a standby a primary, and returns once it is one. */
  void promote() throws SQLException {
    execute("SELECT pg_promote(true, 30)");
  }

  private List<Long> everyPid() {
    return Stream.concat(Stream.of(running().toHandle()), running().descendants())
        .map(ProcessHandle::pid)
        .toList();
  }

  private static void signal(String name, List<Long> pids) throws IOException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    pids.forEach(pid -> command.add(String.valueOf(pid)));
    // One that has ended by itself is not missed.
    new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .onExit()
        .join();
  }

  /** Executes a statement as superuser, on a connection of its own. */
  void execute(String sql) throws SQLException {
    value(sql);
  }

  /** Returns the first value that a statement gives, or an empty text. */
  String value(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      try (ResultSet rows = statement.getResultSet()) {
        return rows.next() ? String.valueOf(rows.getString(1)) : "";
      }
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres?connectTimeout=2&socketTimeout=30",
        "postgres",
        "");
  }

  ConnectionUrl url() {
    return url("", port);
  }

  ConnectionUrl url(String sslmode) {
    return url("?sslmode=" + sslmode, port);
  }

  /** Returns a URL for several ports of this machine. */
  static ConnectionUrl url(String parameters, int... ports) {
    String hosts =
        IntStream.of(ports).mapToObj(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    return ConnectionUrl.parse("postgresql://postgres@" + hosts + "/postgres" + parameters);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Ends it, whatever was done to it, and removes its files. */
  @Override
  public void close() throws IOException {
    if (process != null && process.isAlive()) {
      kill();
    }
    PostgresFiles.delete(data);
    NOT_CLOSED.remove(this);
  }
}
