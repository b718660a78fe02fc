package com.cruddur.db;

import java.io.FileNotFoundException;
import java.net.ConnectException;
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
      "the server did not answer in time. Check that it runs, and that firewalls or security groups"
          + " let this machine through.";

  private ConnectionProblem() {}

  /** Returns one line that names host, port, database, user, SQLSTATE, cause and remedy. */
  static String describe(
      ConnectionUrl url, String user, boolean fromUrl, SQLException failure, boolean timedOut) {
    String hosts =
        url.hosts().stream().map(Object::toString).collect(Collectors.joining(",", "", "/"));
    return "Cannot connect to "
        + hosts
        + printable(url.database())
        + " as user "
        + printable(user)
        + ": "
        + (timedOut ? NO_ANSWER : interruptedOr(failure, fromUrl))
        + " (SQLSTATE "
        + failure.getSQLState()
        + ")";
  }

  /** A line break at the end of a variable becomes part of a name, and has to be seen. */
  private static String printable(String name) {
    return name.replaceAll("\\p{Cntrl}", "\ufffd");
  }

  /** The driver takes an interruption for a failure of its own, and asks to report it. */
  private static String interruptedOr(SQLException failure, boolean fromUrl) {
    return Thread.currentThread().isInterrupted() && failure.getCause() instanceof RuntimeException
        ? "the thread was interrupted while it waited for the server."
        : causeAndRemedy(failure, fromUrl);
  }

  private static String causeAndRemedy(SQLException failure, boolean fromUrl) {
    String deepest = null;
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      String network = network(cause);
      deepest = network == null ? deepest : network;
    }
    return deepest == null ? server(failure, fromUrl) : deepest;
  }

  private static @Nullable String network(Throwable cause) {
    return switch (cause) {
      case UnknownHostException unknown ->
          "the host name is unknown. Check its spelling, and that this machine can resolve it.";
      case SocketTimeoutException timeout -> NO_ANSWER;
      case ConnectException refused ->
          "nothing listens there. Start the server, or correct host and port.";
      case CertificateExpiredException expired ->
          "the server's certificate has expired. Renew it on the server.";
      case CertPathBuilderException unknown ->
          "the server's certificate comes from an authority that is not trusted here. Set"
              + " sslrootcert in the connection URL to a file with the root certificate.";
      case FileNotFoundException missing ->
          "a file with certificates is missing. Check sslrootcert, sslcert and sslkey in the"
              + " connection URL.";
      case SSLException tls ->
          "the TLS handshake failed. Check sslmode and sslrootcert in the connection URL.";
      default -> null;
    };
  }

  private static String server(SQLException failure, boolean fromUrl) {
    String said = said(failure);
    if (said.contains("targetServerType")) {
      return "no host is what target_session_attrs asks for. Check which server is the primary, or"
          + " name all hosts in the connection URL.";
    }
    if (said.contains("could not be verified by hostnameverifier")) {
      return "the server's certificate is for another host. Write the host in the connection URL as"
          + " the certificate has it (openssl s_client -starttls postgres shows it), or check who"
          + " answers there.";
    }
    if (said.startsWith("unsupported startup parameter")) {
      return said
          + ". Behind PgBouncer in transaction mode use PoolSettings.builder().transactionPooler(),"
          + " and let it ignore_startup_parameters = extra_float_digits.";
    }
    return switch (String.valueOf(failure.getSQLState())) {
      case "28P01" ->
          said
              + (fromUrl
                  ? ". Correct user and password in the connection URL; in a password write @ as"
                      + " %40, / as %2F and % as %25."
                  : ". Its CredentialsProvider has no others: correct them at their source, or the"
                      + " role's password.");
      case "28000" ->
          said
              + ". Connect as a role with LOGIN, ask for a pg_hba.conf entry that lets this user in"
              + " from here, or set sslmode=require if the server wants TLS.";
      case "42501" -> said + ". Ask its owner to GRANT CONNECT ON DATABASE to this user.";
      case "08004", "08006" -> said + ". Check the password, and sslmode, in the connection URL.";
      case "3D000" ->
          said + ". Create it (CREATE DATABASE), or correct the path of the connection URL.";
      case "53300" ->
          said
              + ". Make pools smaller, end sessions that nobody needs, or raise the limit of the"
              + " server, database or role.";
      case "57P03" -> said + ". The server is starting or stopping; try again in a moment.";
      default -> said + ".";
    };
  }

  private static String said(SQLException failure) {
    ServerErrorMessage server =
        failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    String text = server == null ? failure.getMessage() : server.getMessage();
    String line = text == null ? "" : printable(text.lines().findFirst().orElse("")).strip();
    return line.isEmpty() ? "the driver gave no reason" : line.replaceAll("\\.+$", "");
  }
}
