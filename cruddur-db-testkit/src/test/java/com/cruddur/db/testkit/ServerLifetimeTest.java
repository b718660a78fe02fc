package com.cruddur.db.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class ServerLifetimeTest {

  @Test
  void endsWithItsJvm() throws Exception {
    try (ChildJvm child = ChildJvm.start().awaitServer()) {
      child.endInput();
      child.awaitEnd();
      // The shutdown hook waits: nothing is left at the moment when the JVM has ended.
      assertThat(child.serverDirectory()).doesNotExist();
      assertNothingLeft(child);
    }
  }

  @Test
  void endsWithItsJvmOnSigterm() throws Exception {
    try (ChildJvm child = ChildJvm.start().awaitServer()) {
      child.signal("TERM");
      assertNothingLeft(child);
    }
  }

  @Test
  void endsWithItsJvmOnCtrlC() throws Exception {
    try (ChildJvm child = ChildJvm.start().awaitServer()) {
      child.signalGroup("INT");
      assertNothingLeft(child);
    }
  }

  @Test
  void endsWithItsJvmOnSigkill() throws Exception {
    try (ChildJvm child = ChildJvm.start().awaitServer()) {
      child.signal("KILL");
      assertNothingLeft(child);
    }
  }

  @Test
  void endsWhenTheWholeProcessGroupIsKilled() throws Exception {
    try (ChildJvm child = ChildJvm.start().awaitServer()) {
      child.signalGroup("KILL");
      assertNothingLeft(child);
    }
  }

  @Test
  void survivesWhatATerminalSendsToItsGuards() throws Exception {
    try (ChildJvm child = ChildJvm.start().awaitServer()) {
      for (ProcessHandle guard : child.guards()) {
        for (String signal : new String[] {"HUP", "INT", "QUIT", "TERM"}) {
          Command.run(List.of("/bin/sh", "-c", "kill -s " + signal + " " + guard.pid()));
        }
      }
      child.signal("KILL");
      assertNothingLeft(child);
    }
  }

  @Test
  void stopsWithoutItsFirstGuardToo() throws Exception {
    try (ChildJvm child = ChildJvm.start().awaitServer()) {
      assertThat(child.guards()).hasSize(2);
      child.guards().getFirst().destroyForcibly();
      child.signal("KILL");
      assertProcessesEnd(child);
    }
  }

  @Test
  void isSweptByTheNextStartWhenItsJvmAndGuardsWereKilled() throws Exception {
    try (ChildJvm child = ChildJvm.start().awaitServer();
        LocalPostgres bystander = LocalPostgres.start()) {
      // First the watcher, so that neither sees the end of the other.
      child.guards().reversed().forEach(ProcessHandle::destroyForcibly);
      child.signal("KILL");
      child.awaitEnd();
      assertThat(child.serverDirectory()).exists();
      assertThat(child.serverProcesses()).anyMatch(ChildJvm::runs);

      LocalPostgres.start().close();

      assertNothingLeft(child);
      assertThat(bystander.directory()).exists();
    }
  }

  @Test
  void leavesTheServersOfLiveJvmsAlone() throws Exception {
    try (ChildJvm child = ChildJvm.start().awaitServer()) {
      LocalPostgres.start().close();
      assertThat(child.serverDirectory()).exists();
      assertThat(child.serverProcesses()).allMatch(ChildJvm::runs);
    }
  }

  static void assertNothingLeft(ChildJvm child) throws Exception {
    assertProcessesEnd(child);
    assertThat(
            Waiting.uninterruptibly(
                Duration.ofSeconds(20), () -> !child.serverDirectory().toFile().exists()))
        .as("directory %s removed", child.serverDirectory())
        .isTrue();
  }

  static void assertProcessesEnd(ChildJvm child) throws Exception {
    // Guards, server, and at least the checkpointer: an empty list would prove nothing.
    assertThat(child.serverProcesses()).hasSizeGreaterThan(3);
    for (ProcessHandle process : child.serverProcesses()) {
      assertThat(Waiting.uninterruptibly(Duration.ofSeconds(20), () -> !ChildJvm.runs(process)))
          .as("%s %s ended", process.pid(), process.info())
          .isTrue();
    }
  }
}
