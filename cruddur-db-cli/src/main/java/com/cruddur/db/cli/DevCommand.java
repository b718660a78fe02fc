package com.cruddur.db.cli;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.testkit.LocalPostgres;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "dev",
    header = "Keeps a local server with data that stay.",
    description =
        "Starts a PostgreSQL of its own, migrated and seeded, and prints its CONNECTION_URL for a"
            + " shell. It runs until Ctrl-C; its data stay. While it runs, another `dev` prints the"
            + " same line and ends.",
    footer = {
      "  cruddur-db dev            # in one terminal",
      "  eval \"$(cruddur-db dev)\"  # in another: sets CONNECTION_URL"
    })
final class DevCommand implements Callable<Integer> {

  private static final String DATABASE = "cruddur";

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "Where the data are. Default: ~/.local/share/cruddur-db/dev")
  private @Nullable Path chosen;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "5433",
      description = "TCP port on 127.0.0.1, 0 for a free one. Default: ${DEFAULT-VALUE}")
  private int port;

  @Override
  public Integer call() throws Exception {
    if (port < 0 || port > 65_535) {
      throw new WrongUsageException("--port is 0 to 65535, not " + port);
    }
    DevDirectory directory = DevDirectory.of(chosen);
    Optional<String> running = directory.runningUrl();
    if (running.isPresent()) {
      Console.say("a server runs already, with its data in " + directory.path());
      print(running.get());
      return ExitCode.DONE;
    }
    serve(directory);
    return ExitCode.DONE;
  }

  private void serve(DevDirectory directory) throws Exception {
    try (LocalPostgres server =
        Console.step(
            "start server",
            () -> LocalPostgres.builder().keptIn(directory.path()).port(port).start(),
            started -> "PostgreSQL " + started.version() + " on 127.0.0.1:" + started.port())) {
      Target target = Target.of(url(server), "dev");
      try (MaintenanceDatabase maintenance = MaintenanceDatabase.of(target)) {
        Steps.create(maintenance, target);
      }
      try (Database database = target.open()) {
        Steps.migrate(database.dataSource(), Optional.of("dev"));
        Steps.seed(database.dataSource());
      }
      announce(directory, server);
    }
  }

  private static ConnectionUrl url(LocalPostgres server) {
    return server.url().withDatabase(DATABASE);
  }

  private static void announce(DevDirectory directory, LocalPostgres server) throws Exception {
    String url =
        "postgresql://postgres:%s@127.0.0.1:%d/%s"
            .formatted(server.url().password().orElse(""), server.port(), DATABASE);
    directory.remember(url);
    print(url);
    Console.say("its data are in " + directory.path() + "; Ctrl-C ends it and keeps them");
    new CountDownLatch(1).await();
  }

  private static void print(String url) {
    Console.data(Console.utf8("export CONNECTION_URL='" + url + "'"));
  }
}
