package com.cruddur.db.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HelpTest {

  static List<String> commands() {
    return Main.commandLine().getSubcommands().keySet().stream()
        .filter(name -> !name.equals("help"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void explainsEachCommandWithAnExampleWithinEightyColumns(String command) throws Exception {
    CommandProcess.Result help = CommandProcess.run(Map.of(), command, "--help");
    assertThat(help.exitCode()).as(help.err()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out())
        .contains("Usage: cruddur-db " + command, "Example:\n", "cruddur-db " + command);
    assertThat(help.out().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void listsAllCommandsAndTheExitCodes() throws Exception {
    CommandProcess.Result help = CommandProcess.run(Map.of(), "--help");
    assertThat(help.out()).contains(commands()).contains("Exit codes: 0 done");
    assertThat(help.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(commands())
        .contains(
            "setup",
            "create",
            "drop",
            "migrate",
            "plan",
            "info",
            "validate",
            "fix-data",
            "roles",
            "seed",
            "feed",
            "sessions",
            "kill-sessions",
            "connect",
            "check",
            "schema",
            "sync-cognito-ids",
            "url",
            "dev",
            "demo");
  }

  @Test
  void suggestsTheRightCommand() throws Exception {
    CommandProcess.Result result = CommandProcess.run(Map.of(), "migrat");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("Did you mean", "migrate");
  }

  @Test
  void repeatsNoAddressThatWasTypedInTheWrongPlace() throws Exception {
    String url = "postgresql://u:canary-77@localhost/cruddur";
    for (String[] line :
        new String[][] {
          {"feed", url},
          {url},
          {"feed", "--ulr", url},
          {"feed", "--limit", url},
          {"feed", "--env", url},
          {"fix-data", url},
          {"feed", "--url", "jdbc:" + url}
        }) {
      CommandProcess.Result result = CommandProcess.run(Map.of(), line);
      assertThat(result.exitCode()).as(result.err()).isBetween(1, 2);
      assertThat(result.out() + result.err()).doesNotContain("canary-77");
    }
  }

  @Test
  void coloursOnlyATerminalThatWantsIt() throws Exception {
    String escape = "\u001b[";
    Map<String, String> terminal = Map.of("TERM", "xterm");
    assertThat(CommandProcess.run(terminal, "--help").out()).doesNotContain(escape);
    assertThat(CommandProcess.runInTerminal(80, terminal, "--help").out()).contains(escape);
    assertThat(CommandProcess.runInTerminal(80, terminal, "feed").out()).contains(escape);
    Map<String, String> plain = Map.of("TERM", "xterm", "NO_COLOR", "1");
    assertThat(CommandProcess.runInTerminal(80, plain, "--help").out()).doesNotContain(escape);
  }
}
