package com.cruddur.db.testkit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The chains of seed sets that this JVM has asked templates for. Each is asked for once, however
 * many threads want it; one whose sets fail is not tried again. Thread-safe.
 */
final class SeedTemplates {

  private static final Map<SeedChain, FutureTask<Recipe>> KNOWN = new ConcurrentHashMap<>();

  private SeedTemplates() {}

  /** Returns the recipe of the chain, whose template is there now. */
  static Recipe ensure(TestServer server, SeedChain chain) {
    FutureTask<Recipe> template =
        KNOWN.computeIfAbsent(chain, wanted -> new FutureTask<>(() -> make(server, wanted)));
    template.run(); // the first time; after that it does nothing
    try {
      return template.get();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new TestDatabaseException("The wait for a template was interrupted", interrupt);
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause();
      throw cause instanceof IllegalArgumentException wrongUse
          ? wrongUse
          : new TestDatabaseException(
              "The template database could not be made", cause == null ? failure : cause);
    }
  }

  private static Recipe make(TestServer server, SeedChain chain) {
    Recipe recipe = chain.recipe();
    server.ensure(recipe);
    return recipe;
  }
}
