package com.cruddur.db.faults;

import com.cruddur.db.ConnectionUrl;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network in front of a server: it passes, is cut, or swallows what it is given. */
final class CuttableNetwork implements AutoCloseable {

  private enum State {
    PASSES,
    SWALLOWS,
    CUT
  }

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final int port;
  private volatile State state = State.PASSES;

  CuttableNetwork(int port) throws IOException {
    this.port = port;
    Thread.ofVirtual().start(this::accept);
  }

  ConnectionUrl url() {
    return url("prefer");
  }

  ConnectionUrl url(String sslmode) {
    return PostgresProcess.url("?sslmode=" + sslmode, listener.getLocalPort());
  }

  /** Resets all connections, and refuses new ones with a reset. */
  void cut() throws IOException {
    state = State.CUT;
    resetAll();
  }

  /**
   * Takes everything and passes nothing on, for good on the connections there are: they never hear
   * of each other again.
   */
  void swallow() {
    state = State.SWALLOWS;
  }

  /** Passes new connections; those that were swallowed stay lost. */
  void restore() {
    state = State.PASSES;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        sockets.add(client);
        switch (state) {
          case CUT -> reset(client);
          case SWALLOWS -> Thread.ofVirtual().start(() -> swallow(client));
          case PASSES -> connect(client);
        }
      }
    } catch (IOException closed) {
      // The test has ended.
    }
  }

  private void connect(Socket client) throws IOException {
    Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
    sockets.add(server);
    Thread.ofVirtual().start(() -> pass(client, server));
    Thread.ofVirtual().start(() -> pass(server, client));
  }

  private void pass(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        if (state == State.SWALLOWS) {
          swallow(from);
          return;
        }
        out.write(buffer, 0, length);
        out.flush();
      }
      to.shutdownOutput();
    } catch (IOException broken) {
      reset(from);
      reset(to);
    }
  }

  private static void swallow(Socket from) {
    try {
      from.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException ended) {
      // Nobody is told.
    }
  }

  private static void reset(Socket socket) {
    try {
      // Without lingering a close sends RST.
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException closed) {
      // That was meant.
    }
  }

  private void resetAll() {
    sockets.forEach(CuttableNetwork::reset);
    sockets.clear();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    resetAll();
  }
}
