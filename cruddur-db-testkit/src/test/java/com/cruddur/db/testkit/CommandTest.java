package com.cruddur.db.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CommandTest {

  @Test
  void tellsStatusAndOutput() throws Exception {
    Command.Result result = run("echo out; echo err >&2; exit 3");
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.output().lines()).containsExactly("out", "err");
    assertThat(result.succeeded()).isFalse();
  }

  @Test
  void leavesOutTheMiddleOfALongOutput() throws Exception {
    assertThat(run("for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo $i; done").output().lines())
        .containsExactly("1", "2", "3", "4", "5", "…", "8", "9", "10", "11", "12");
  }

  @Test
  void saysThatAMissingProgramDoesNotSucceed() throws Exception {
    assertThat(Command.succeeds("/no/such/program")).isFalse();
    assertThat(Command.succeeds("true")).isTrue();
  }

  private static Command.Result run(String script) throws Exception {
    return Command.run(List.of("/bin/sh", "-c", script));
  }
}
