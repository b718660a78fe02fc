package com.cruddur.db.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.db.ConnectionUrl;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The conversations that the driver has with nobody, to be ready for the first with a server. */
@Timeout(30)
final class WarmUpTest {

  @Test
  void rehearsesALoginAndAQueryWithTheDriver() throws Exception {
    int port;
    try (Rehearsal server = new Rehearsal()) {
      port = server.port();
      DataSource driver = driver(port);
      assertThatThrownBy(driver::getConnection)
          .isInstanceOfSatisfying(
              SQLException.class, refused -> assertThat(refused.getSQLState()).isEqualTo("28P01"));
      try (Connection connection = driver.getConnection();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT message")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("x");
        assertThat(rows.next()).isFalse();
      }
    }
    assertThatThrownBy(() -> new Socket("127.0.0.1", port).close())
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void endsWithoutHarmWhenSomebodyElseComes() throws Exception {
    try (Rehearsal server = new Rehearsal();
        Socket stranger = new Socket("127.0.0.1", server.port())) {
      stranger.getOutputStream().write(new byte[] {127, 127, 127, 127});
      assertThat(isCut(stranger)).isTrue();
    }
  }

  private static boolean isCut(Socket socket) throws Exception {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  private static DataSource driver(int port) {
    return DatabaseServer.dataSource(
        ConnectionUrl.parse("postgresql://x:x@127.0.0.1:%d/x?sslmode=disable".formatted(port)));
  }
}
