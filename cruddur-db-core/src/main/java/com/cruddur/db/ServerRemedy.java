package com.cruddur.db;

/** What to do about a login that the server refuses, by its SQLSTATE. */
final class ServerRemedy {

  private ServerRemedy() {}

  static String of(String said, String state, boolean fromUrl) {
    if (said.startsWith("unsupported startup parameter")) {
      return said
          + ". Behind PgBouncer in transaction mode use PoolSettings.builder().transactionPooler(),"
          + " and let it ignore_startup_parameters = extra_float_digits.";
    }
    return said + "." + remedy(state, fromUrl);
  }

  private static String remedy(String state, boolean fromUrl) {
    return switch (state) {
      case "28P01" ->
          fromUrl
              ? " Correct user and password in the connection URL; in a password write @ as %40, / as"
                  + " %2F and % as %25."
              : " Its CredentialsProvider has no others: correct them at their source, or the role's"
                  + " password.";
      case "28000" ->
          " Connect as a role with LOGIN, ask for a pg_hba.conf entry that lets this user in from"
              + " here, or set sslmode=require if the server wants TLS.";
      case "42501" -> " Ask its owner to GRANT CONNECT ON DATABASE to this user.";
      case "3D000" -> " Create it (CREATE DATABASE), or correct the path of the connection URL.";
      case "42601", "42704", "22023" -> " Correct options in the connection URL.";
      case "53300" ->
          " Make pools smaller, end sessions that nobody needs, or raise the limit of the server,"
              + " database or role.";
      case "57P03" -> " The server is starting or stopping; try again in a moment.";
      default -> "";
    };
  }
}
