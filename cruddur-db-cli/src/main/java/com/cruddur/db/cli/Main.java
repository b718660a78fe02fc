package com.cruddur.db.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code cruddur-db}. */
@Command(
    name = "cruddur-db",
    description = "Makes, fills and looks after a Cruddur database.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    usageHelpWidth = 80,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      MigrateCommand.class,
      SeedCommand.class,
      FeedCommand.class,
      CommandLine.HelpCommand.class
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  CONNECTION_URL=postgresql://user:password@host:5432/cruddur cruddur-db feed",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage."
    })
public final class Main {

  @Option(
      names = "--verbose",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Show where an error came from.")
  private boolean verbose;

  private Main() {}

  /**
   * Runs a command and ends the JVM with its exit code.
   *
   * @param arguments a command and its options
   */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    Main main = new Main();
    CommandLine commandLine = new CommandLine(main);
    commandLine.setExecutionExceptionHandler(
        (failure, command, parsed) -> main.report(failure, command.getErr()));
    return commandLine;
  }

  private int report(Exception failure, PrintWriter err) {
    err.println("cruddur-db: " + ErrorText.of(failure));
    if (verbose) {
      failure.printStackTrace(err);
    }
    return CommandLine.ExitCode.SOFTWARE;
  }
}
