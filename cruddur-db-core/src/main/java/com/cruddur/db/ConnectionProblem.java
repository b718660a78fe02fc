package com.cruddur.db;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.sql.SQLException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Says why a connection could not be made, and what to do about it. */
final class ConnectionProblem {

  private static final String NO_ANSWER =
      "the server did not answer in time. Check that it runs, that PostgreSQL is what listens there,"
          + " and that firewalls or security groups let this machine through.";

  private static final String CLOSED =
      "the connection was closed during the login. Check that PostgreSQL is what listens there, that"
          + " a proxy in between has a server to pass it on to, and the server's log.";

  private ConnectionProblem() {}

  /** Returns one line that names host, port, database, user, SQLSTATE, cause and remedy. */
  static String describe(
      ConnectionUrl url, String user, boolean fromUrl, SQLException failure, boolean timedOut) {
    String reason = timedOut ? NO_ANSWER : interruptedOr(url, failure, fromUrl);
    return "Cannot connect to "
        + place(url, user)
        + ": "
        + reason
        + " (SQLSTATE "
        + failure.getSQLState()
        + ")"
        + url.doubt().orElse("");
  }

  /** Returns the same line for a server of which nothing was heard. */
  static String silence(String place, String sqlState) {
    return "Cannot connect to " + place + ": " + NO_ANSWER + " (SQLSTATE " + sqlState + ")";
  }

  /** Returns host, port, database and user. */
  static String place(ConnectionUrl url, String user) {
    return address(url) + " as user " + printable(Concealment.user(user));
  }

  private static String address(ConnectionUrl url) {
    return url.doubt().isPresent()
        ? "***"
        : url.hosts().stream().map(Object::toString).collect(Collectors.joining(",", "", "/"))
            + printable(url.database());
  }

  /** A line break at the end of a variable becomes part of a name, and has to be seen. */
  private static String printable(String name) {
    return name.replaceAll("\\p{Cntrl}", "\ufffd");
  }

  /** The driver takes an interruption for a failure of its own, and asks to report it. */
  private static String interruptedOr(ConnectionUrl url, SQLException failure, boolean fromUrl) {
    return Thread.currentThread().isInterrupted() && failure.getCause() instanceof RuntimeException
        ? "the thread was interrupted while it waited for the server."
        : causeAndRemedy(url, failure, fromUrl);
  }

  private static String causeAndRemedy(ConnectionUrl url, SQLException failure, boolean fromUrl) {
    String deepest = null;
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      String network = network(cause, String.valueOf(failure.getSQLState()));
      deepest = network == null ? deepest : network;
    }
    if (deepest != null) {
      return deepest;
    }
    String said = url.doubt().isPresent() ? "***" : said(failure);
    return serverMessage(failure) == null
        ? DriverRemedy.of(url, said, failure.getSQLState())
        : ServerRemedy.of(said, failure.getSQLState(), fromUrl);
  }

  private static @Nullable String network(Throwable cause, String state) {
    return switch (cause) {
      case UnknownHostException unknown ->
          "the host name is unknown. Check its spelling, and that this machine can resolve it.";
      case SocketTimeoutException timeout -> NO_ANSWER;
      case NoRouteToHostException unreachable ->
          "this machine cannot reach the host ("
              + printable(String.valueOf(unreachable.getMessage()))
              + "). Check the address, and the routes, VPN or subnets in between.";
      case ConnectException failed ->
          String.valueOf(failed.getMessage()).contains("timed out")
              ? NO_ANSWER
              : "nothing listens there. Start the server, or correct host and port.";
      case SocketException reset -> CLOSED;
      // A file may end too early as well, and then the driver gives another state.
      case EOFException end -> state.equals("08001") ? CLOSED : null;
      case CertificateExpiredException expired ->
          "the server's certificate has expired. Renew it on the server.";
      case CertPathBuilderException unknown ->
          "the server's certificate comes from an authority that is not trusted here. Set"
              + " sslrootcert in the connection URL to a file with the root certificate.";
      case FileNotFoundException missing ->
          "a file with certificates is missing. Check sslrootcert, sslcert and sslkey in the"
              + " connection URL.";
      case SSLException tls ->
          "the TLS handshake failed. Check sslmode and sslrootcert in the connection URL, and sslcert"
              + " and sslkey if the server asks for a certificate.";
      default -> null;
    };
  }

  private static @Nullable ServerErrorMessage serverMessage(SQLException failure) {
    return failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
  }

  private static String said(SQLException failure) {
    ServerErrorMessage server = serverMessage(failure);
    String text = server == null ? failure.getMessage() : server.getMessage();
    String line = text == null ? "" : printable(text.lines().findFirst().orElse("")).strip();
    return line.isEmpty() ? "the driver gave no reason" : line.replaceAll("\\.+$", "");
  }
}
