package com.cruddur.db.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * A cluster in the cache with the template database inside: a server that starts on a copy of it
 * needs neither initdb nor migrations nor seeds.
 */
final class SeededCluster implements Cluster {

  private final Installation installation;
  private final Recipe recipe;

  SeededCluster(Installation installation, Recipe recipe) {
    this.installation = installation;
    this.recipe = recipe;
  }

  @Override
  public void copyTo(ServerDirectory directory, Cache cache)
      throws IOException, InterruptedException {
    cache.use(
        CacheKind.TEMPLATE,
        name(),
        recipe.freshFor(),
        this::make,
        cluster -> directory.fill(cluster, installation.user()));
  }

  /** Removes it from the cache, after a server could not be started on a copy. */
  void discard() throws IOException, InterruptedException {
    installation.cache().discard(CacheKind.TEMPLATE, name());
  }

  private String name() {
    return installation.newCluster().name() + "-" + recipe.key();
  }

  private void make(Path entry) throws IOException, InterruptedException {
    LocalPostgres.Builder builder = LocalPostgres.builder();
    builder.installation = installation;
    // A segment kept for later would be a segment in every copy.
    builder.setting("wal_recycle", "off").setting("min_wal_size", "2MB");
    try (LocalPostgres server = builder.start()) {
      Templates.of(new DatabaseServer(server.url(), true)).ensure(recipe);
      Path data = server.shutDown();
      Path copy = entry.resolve(ClusterTemplate.DATA);
      installation.user().copy(data, copy);
      RelationNotes.keep(copy);
      ClusterTemplate.writeSecret(
          entry.resolve(ClusterTemplate.PASSWORD), server.url().password().orElseThrow());
    } catch (SQLException failure) {
      throw new TestDatabaseException("The template database could not be made", failure);
    }
  }
}
