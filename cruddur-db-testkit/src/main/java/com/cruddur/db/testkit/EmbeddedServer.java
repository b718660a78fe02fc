package com.cruddur.db.testkit;

import java.io.IOException;
import java.util.Optional;

/** Our own server, from the binaries on the class path, shared with the account's other JVMs. */
final class EmbeddedServer {

  private EmbeddedServer() {}

  static OpenServer open(Recipe recipe) {
    WarmUp warmUp = WarmUp.start(recipe);
    try {
      Installation installation = Installation.open(TestkitSettings.cacheDirectory());
      warmUp.awaitLogger();
      SharedServer shared = SharedServer.open(installation, recipe);
      return new OpenServer(
          new DatabaseServer(shared.url(), true), shared::hold, Optional.of(shared.home()));
    } catch (IOException failure) {
      throw new TestDatabaseException(
          Remedy.appendTo("The embedded server could not be started. " + failure), failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new TestDatabaseException("The start of the server was interrupted", interrupt);
    }
  }
}
