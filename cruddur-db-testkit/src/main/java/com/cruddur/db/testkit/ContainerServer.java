package com.cruddur.db.testkit;

/** A server in a container, by Testcontainers, which the user's build has to bring. */
final class ContainerServer {

  private static final String NEEDED = "org.testcontainers.postgresql.PostgreSQLContainer";

  private ContainerServer() {}

  static OpenServer open() {
    if (!isOnTheClassPath()) {
      throw new TestDatabaseException(
          "Testcontainers is not on the class path. Add the dependency"
              + " org.testcontainers:testcontainers-postgresql (2.0 or newer) in scope test.");
    }
    return PostgresContainer.open();
  }

  private static boolean isOnTheClassPath() {
    try {
      Class.forName(NEEDED, false, ContainerServer.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
