package com.cruddur.db;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Something that listens and is no PostgreSQL. */
final class StrangePeer implements AutoCloseable {

  /** What a peer does with a connection. */
  interface Manners {
    void meet(Socket client) throws IOException;
  }

  /** Takes the connection and resets it. */
  static final Manners RESETS = client -> client.setSoLinger(true, 0);

  /** Reads what it is sent, and closes the connection. */
  static final Manners CLOSES = StrangePeer::listen;

  /** Consents to TLS, and resets the connection in the handshake. */
  static final Manners RESETS_HANDSHAKE =
      client -> {
        listen(client);
        client.getOutputStream().write('S');
        listen(client);
        client.setSoLinger(true, 0);
      };

  /** Does not understand what it is asked, as a web server. */
  static final Manners SPEAKS_HTTP =
      client -> {
        listen(client);
        String answer = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n";
        client.getOutputStream().write(answer.getBytes(US_ASCII));
        client.shutdownOutput();
        listen(client);
      };

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Manners manners;

  StrangePeer(Manners manners) throws IOException {
    this.manners = manners;
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> meet(client));
      }
    } catch (IOException closed) {
      // The test has ended.
    }
  }

  private void meet(Socket client) {
    try (client) {
      manners.meet(client);
    } catch (IOException ended) {
      // The driver has had enough.
    }
  }

  private static void listen(Socket client) throws IOException {
    client.getInputStream().read(new byte[8192]);
  }

  @Override
  public String toString() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
