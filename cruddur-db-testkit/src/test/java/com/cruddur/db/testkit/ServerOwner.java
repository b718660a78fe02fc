package com.cruddur.db.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** A JVM of its own that starts a server, says where it is, and ends when its input does. */
final class ServerOwner {

  private ServerOwner() {}

  /** So that sessions are opened ahead, which have to go with this JVM. */
  private static void useAFew() throws SQLException {
    for (int test = 0; test < 5; test++) {
      try (TestDatabase database = TestDatabase.create()) {
        database.dataSource().getConnection().close();
      }
    }
  }

  public static void main(String[] arguments) throws IOException, SQLException {
    if (arguments.length > 0 && arguments[0].equals("shared")) {
      System.setProperty("cruddur.testkit.cache", arguments[1]);
      useAFew();
      TestDatabase database = TestDatabase.create();
      System.out.println(Sql.home(database.ownerUrl()) + " " + Sql.uri(database.ownerUrl()));
      System.in.read();
      return;
    }
    LocalPostgres.Builder builder = LocalPostgres.builder();
    if (arguments.length > 0) {
      Path path = Path.of(arguments[1]);
      switch (arguments[0]) {
        case "cache" -> builder.cacheDirectory(path);
        case "kept" -> builder.keptIn(path);
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    }
    LocalPostgres server = builder.start();
    System.out.println(server.directory() + " " + Sql.uri(server));
    // Not closed: the end of the JVM has to do.
    System.in.read();
  }
}
