package com.cruddur.db.migrations;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes on what comes to a port of its own, as a tunnel does whose other end is at the server. */
final class Tunnel implements AutoCloseable {

  private final ServerSocket entrance;
  private final int exit;
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  Tunnel(int exit) throws IOException {
    this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.exit = exit;
    start(this::accept);
  }

  int port() {
    return entrance.getLocalPort();
  }

  private void accept() throws IOException {
    while (true) {
      Socket here = entrance.accept();
      Socket there = new Socket(InetAddress.getLoopbackAddress(), exit);
      open.addAll(List.of(here, there));
      start(() -> here.getInputStream().transferTo(there.getOutputStream()));
      start(() -> there.getInputStream().transferTo(here.getOutputStream()));
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException closed) {
                // The end of the test.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
