package com.cruddur.db;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A host that says nothing: it takes connections and is silent, or drops the first packet. */
final class SilentHost implements AutoCloseable {

  private static final int LONGEST_HANDSHAKE_MILLIS = 300;

  private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final List<Socket> waiting = new ArrayList<>();

  private SilentHost() throws IOException {}

  /** The kernel takes connections for it, as for a process that is frozen. */
  static SilentHost accepting() throws IOException {
    return new SilentHost();
  }

  /**
   * Its queue is full, and so the kernel drops SYN, as a firewall or a machine without power do.
   */
  static SilentHost dropping() throws IOException {
    SilentHost host = new SilentHost();
    host.fillQueue();
    return host;
  }

  private void fillQueue() throws IOException {
    while (true) {
      Socket socket = new Socket();
      waiting.add(socket);
      try {
        socket.connect(listener.getLocalSocketAddress(), LONGEST_HANDSHAKE_MILLIS);
      } catch (SocketTimeoutException full) {
        return;
      }
    }
  }

  @Override
  public String toString() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : waiting) {
      socket.close();
    }
    listener.close();
  }
}
