package com.cruddur.db.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.CruddurDb;
import com.cruddur.db.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Streams a million rows in a JVM of its own, whose heap could not hold them. */
class JsonStreamMemoryTest {

  @Test
  void streamsAMillionRowsInASmallHeap() throws Exception {
    assertStreamed(
        "SELECT n, repeat('x', 90) AS text FROM generate_series(1, 1000000) n", 1_000_000);
  }

  @Test
  void streamsRowsThatBecomeAHundredThousandTimesLarger() throws Exception {
    assertStreamed(
        "SELECT repeat('x', CASE WHEN n <= 100100 THEN 10 ELSE 1000000 END) AS text"
            + " FROM generate_series(1, 101100) n",
        101_100);
  }

  @Test
  void streamsRowsThatAreLargeFromTheFirst() throws Exception {
    assertStreamed("SELECT repeat('x', 4000000) AS text FROM generate_series(1, 60) n", 60);
  }

  private static void assertStreamed(String sql, long rows) throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx64m",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                    "-classpath",
                    System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                    Child.class.getName(),
                    TestServer.url().jdbcUrl(),
                    sql))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    String[] figures = output.strip().split(" ");
    assertThat(Long.parseLong(figures[0])).isEqualTo(rows);
    assertThat(Long.parseLong(figures[1])).isGreaterThan(100_000_000);
  }

  /** The program of that JVM. */
  static final class Child {

    private Child() {}

    public static void main(String[] arguments) throws IOException {
      String address = arguments[0].substring("jdbc:postgresql://".length());
      Counter counter = new Counter();
      try (CruddurDb db =
          CruddurDb.open(ConnectionUrl.parse("postgresql://postgres:postgres@" + address))) {
        SqlTemplate query = SqlTemplate.of(arguments[1]);
        long rows = db.json().array(query).writeTo(counter);
        System.out.println(rows + " " + counter.bytes);
      }
    }
  }

  private static final class Counter extends OutputStream {

    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
      bytes += length;
    }
  }
}
