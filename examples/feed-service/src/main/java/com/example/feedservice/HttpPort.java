package com.example.feedservice;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Map;

/** Opens the JDK's HTTP server with limits; they are described in its module, jdk.httpserver. */
final class HttpPort {

  private static final int BACKLOG = 1_024;

  private static final Map<String, String> LIMITS =
      Map.of(
          // Else an answer waits for the acknowledgement of the packet before it: 40 ms.
          "sun.net.httpserver.nodelay", "true",
          // 200 by default: it would close the connections of all further clients after each
          // answer.
          "sun.net.httpserver.maxIdleConnections", "5000",
          "jdk.httpserver.maxConnections", "5000",
          // Seconds for sending a request, and for taking an answer.
          "sun.net.httpserver.maxReqTime", "10",
          "sun.net.httpserver.maxRspTime", "30",
          "sun.net.httpserver.maxReqHeaderSize", "16384",
          // What is read and thrown away, so that who sends too much can read the answer.
          "sun.net.httpserver.drainAmount", "1048576");

  private HttpPort() {}

  static HttpServer open(int port) {
    // The server reads them once, when its first class is loaded.
    LIMITS.forEach((name, value) -> System.getProperties().putIfAbsent(name, value));
    try {
      return HttpServer.create(new InetSocketAddress(port), BACKLOG);
    } catch (BindException taken) {
      throw new IllegalStateException(
          "Cannot listen on port " + port + ": " + taken.getMessage() + ". Set PORT to another.",
          taken);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
