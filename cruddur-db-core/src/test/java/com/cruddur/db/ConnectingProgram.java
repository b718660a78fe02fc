package com.cruddur.db;

/** Connects to the URL of its argument, and tells how or why not. */
final class ConnectingProgram {

  private ConnectingProgram() {}

  public static void main(String[] arguments) {
    try (CruddurDb db = CruddurDb.open(ConnectionUrl.parse(arguments[0]))) {
      String sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
      System.out.println("encrypted " + db.dsl().fetchValue(sql));
    } catch (ConnectionFailedException failure) {
      System.out.println(failure.getMessage());
    }
  }
}
