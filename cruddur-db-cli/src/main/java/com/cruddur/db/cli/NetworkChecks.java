package com.cruddur.db.cli;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.ConnectionUrl.HostPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The steps of check before PostgreSQL comes in. Of several hosts, the first that answers counts.
 */
final class NetworkChecks implements AutoCloseable {

  private static final int TIMEOUT = 5_000;

  /** SSLRequest (PostgreSQL manual, "Message Formats"): its length, and a code. */
  private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, 0x2f};

  private final ConnectionUrl url;
  private @Nullable Socket socket;

  NetworkChecks(ConnectionUrl url) {
    this.url = url;
  }

  String resolve() throws CheckFailedException {
    for (HostPort host : url.hosts()) {
      try {
        InetAddress[] addresses = InetAddress.getAllByName(host.host());
        return host.host()
            + " is "
            + Arrays.stream(addresses)
                .map(InetAddress::getHostAddress)
                .collect(Collectors.joining(", "));
      } catch (UnknownHostException unknown) {
        // Perhaps the next one is known.
      }
    }
    throw CheckFailedException.failed(
        names() + " is unknown",
        RdsHost.isIn(url)
            ? "Check the spelling with `aws rds describe-db-instances`: the instance was renamed or"
                + " deleted, or is still being created."
            : "Check the spelling, and that this machine can resolve the name (getent hosts NAME).");
  }

  private String names() {
    return url.hosts().stream().map(HostPort::host).collect(Collectors.joining(", "));
  }

  String connect() throws CheckFailedException {
    IOException last = null;
    for (HostPort host : url.hosts()) {
      try {
        socket = connect(host);
        return host + " accepts connections";
      } catch (IOException failure) {
        last = failure;
      }
    }
    throw failed(Objects.requireNonNull(last));
  }

  private static Socket connect(HostPort host) throws IOException {
    Socket connecting = new Socket();
    try {
      connecting.connect(new InetSocketAddress(host.host(), host.port()), TIMEOUT);
      connecting.setSoTimeout(TIMEOUT);
      return connecting;
    } catch (IOException failure) {
      connecting.close();
      throw failure;
    }
  }

  private CheckFailedException failed(IOException failure) {
    String hosts = url.hosts().stream().map(HostPort::toString).collect(Collectors.joining(", "));
    return switch (failure) {
      case SocketTimeoutException timeout ->
          CheckFailedException.failed(hosts + " does not answer", unanswered());
      case NoRouteToHostException unreachable ->
          CheckFailedException.failed(hosts + " cannot be reached", unanswered());
      case ConnectException refused ->
          CheckFailedException.failed(
              "nothing listens on " + hosts,
              "Start the server, or correct host and port: an instance that is stopped, or a server"
                  + " that listens on another address, refuses like this.");
      default ->
          CheckFailedException.failed(hosts + " cannot be reached", "Check the network between.");
    };
  }

  private static String unanswered() {
    return "A security group or firewall drops what this machine sends: allow its address on this"
        + " port (docs/operations.md has the aws command). Or the instance is stopped: see"
        + " `aws rds describe-db-instances`, DBInstanceStatus; or it is not publicly accessible.";
  }

  String tls() throws CheckFailedException, IOException {
    String mode = Objects.requireNonNullElse(url.parameters().get("sslmode"), RdsHost.mode(url));
    if (mode.equals("disable") || "direct".equals(url.parameters().get("sslnegotiation"))) {
      return "not asked for: sslmode=" + mode;
    }
    int answer = ask(Objects.requireNonNull(socket));
    if (answer == 'S') {
      return "offered; sslmode=" + mode;
    }
    if (answer != 'N') {
      throw CheckFailedException.failed(
          "whatever listens there is no PostgreSQL", "Correct host and port.");
    }
    if (mode.equals("prefer") || mode.equals("allow")) {
      return "not offered; sslmode=" + mode + " does without";
    }
    throw CheckFailedException.failed(
        "the server offers no TLS, and sslmode=" + mode + " demands it",
        "Turn it on (ssl = on in postgresql.conf); only on a network that you trust: sslmode=prefer.");
  }

  private static int ask(Socket server) throws IOException, CheckFailedException {
    try {
      server.getOutputStream().write(SSL_REQUEST);
      InputStream in = server.getInputStream();
      return in.read();
    } catch (SocketTimeoutException silence) {
      throw CheckFailedException.failed(
          "the server accepts connections and says nothing",
          "It hangs, or something else listens there: restart it, or correct host and port.");
    }
  }

  @Override
  public void close() {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException broken) {
      // It has served its purpose.
      socket = null;
    }
  }
}
