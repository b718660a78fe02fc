package com.cruddur.db.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoCommandTest {

  private static final Pattern PORT = Pattern.compile("on 127\\.0\\.0\\.1:(\\d+)");

  @Test
  void printsTheFeedAndNothingElseAndLeavesNoServer() throws Exception {
    CommandProcess.Result result = CommandProcess.run(Map.of(), "demo");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .startsWith("[{\"uuid\":\"")
        .contains("\"message\":\"This was imported as seed data!\"")
        .endsWith("}]\n")
        .hasLineCount(1);
    assertThat(result.err()).contains("start server", "migrate", "seed", "feed").hasLineCount(5);
    assertNothingListens(port(result.err()));
  }

  @Test
  void doesNotTouchTheDatabaseOfConnectionUrl() throws Exception {
    Map<String, String> elsewhere =
        Map.of("CONNECTION_URL", "postgresql://u:canary@127.0.0.1:1/production");
    CommandProcess.Result result = CommandProcess.run(elsewhere, "demo");
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).doesNotContain("production", "canary");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "KILL"})
  void leavesNoServerWhenItIsEndedBySignal(String signal) throws Exception {
    CommandProcess demo = CommandProcess.start(Map.of(), "demo");
    BufferedReader err = demo.process().errorReader();
    int port = port(err.readLine());
    new ProcessBuilder("kill", "-s", signal, "--", "-" + demo.process().pid()).start().waitFor();
    assertThat(demo.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    while (listens(port) && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    assertNothingListens(port);
  }

  private static int port(String text) {
    Matcher port = PORT.matcher(text);
    assertThat(port.find()).as(text).isTrue();
    return Integer.parseInt(port.group(1));
  }

  private static boolean listens(int port) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (ConnectException refused) {
      return false;
    }
  }

  private static void assertNothingListens(int port) {
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
  }
}
