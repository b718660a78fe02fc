package com.cruddur.db.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code cruddur-db}. */
@Command(
    name = "cruddur-db",
    description = {
      "Makes, fills and looks after a Cruddur database.",
      "",
      "The database is that of CONNECTION_URL, of PROD_CONNECTION_URL with --env prod, or of --url."
          + " Each command says on standard error which one it is about to touch."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      SetupCommand.class,
      CreateCommand.class,
      DropCommand.class,
      MigrateCommand.class,
      PlanCommand.class,
      InfoCommand.class,
      ValidateCommand.class,
      FixDataCommand.class,
      RolesCommand.class,
      SchemaCommand.class,
      SeedCommand.class,
      FeedCommand.class,
      SessionsCommand.class,
      KillSessionsCommand.class,
      ConnectCommand.class,
      CheckCommand.class,
      UrlCommand.class,
      SyncCognitoIdsCommand.class,
      DevCommand.class,
      DemoCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "  CONNECTION_URL=postgresql://user:password@host:5432/cruddur cruddur-db setup",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 refused: a protected database,",
      "4 done, and what was found needs a person (check, validate, plan and others)."
    })
public final class Main {

  private static final int WIDTH = 80;

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
    System.exit(commandLine().execute(HiddenArguments.expand(arguments)));
  }

  static CommandLine commandLine() {
    Main main = new Main();
    CommandLine commandLine = new CommandLine(main);
    present(commandLine);
    commandLine.setUsageHelpWidth(WIDTH);
    commandLine.setColorScheme(
        CommandLine.Help.defaultColorScheme(Terminal.hasColour() ? Ansi.ON : Ansi.OFF));
    commandLine.setParameterExceptionHandler((fault, arguments) -> misunderstood(fault));
    commandLine.setExecutionExceptionHandler(
        (failure, command, parsed) -> main.report(failure, command));
    return commandLine;
  }

  /** Gives every command what all have. */
  private static void present(CommandLine commandLine) {
    CommandSpec command = commandLine.getCommandSpec();
    if (!command.helpCommand()) {
      command.mixinStandardHelpOptions(true).versionProvider(new Version());
      command.usageMessage().footerHeading("%nExample:%n");
    }
    commandLine.getSubcommands().values().forEach(Main::present);
  }

  private static int misunderstood(ParameterException fault) {
    CommandLine command = fault.getCommandLine();
    PrintWriter err = command.getErr();
    // It quotes what was typed, which may be an address with its password.
    err.println(
        command
            .getColorScheme()
            .errorText("cruddur-db: " + Printable.withoutUrl(String.valueOf(fault.getMessage()))));
    if (!UnmatchedArgumentException.printSuggestions(fault, err)) {
      err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    }
    return ExitCode.WRONG_USAGE;
  }

  private int report(Exception failure, CommandLine command) {
    PrintWriter err = command.getErr();
    err.println(command.getColorScheme().errorText("cruddur-db: " + ErrorText.of(failure)));
    if (verbose) {
      failure.printStackTrace(err);
    }
    return switch (failure) {
      case WrongUsageException usage -> ExitCode.WRONG_USAGE;
      case RefusedException refusal -> ExitCode.REFUSED;
      default -> ExitCode.FAILED;
    };
  }
}
