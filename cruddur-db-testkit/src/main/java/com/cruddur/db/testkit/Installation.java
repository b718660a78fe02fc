package com.cruddur.db.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * What there has to be before a server can start.
 *
 * @param user the account that runs it
 * @param cache what earlier JVMs of the account have left
 * @param binaries the server's programs
 */
record Installation(ServerUser user, Cache cache, PostgresBinaries binaries) {

  /** Unpacks the programs unless they are there. */
  static Installation open(@Nullable Path cacheDirectory) throws IOException, InterruptedException {
    int uid = ServerUser.ownAccount();
    // Beside the look at the programs: a start is a matter of milliseconds.
    FutureTask<ServerUser> user = new FutureTask<>(() -> ServerUser.of(uid));
    Thread.ofPlatform().daemon().name("cruddur-db-account").start(user);
    Cache cache = new Cache(directory(cacheDirectory, uid));
    PostgresBinaries binaries = PostgresBinaries.install(cache, Platform.current());
    return new Installation(get(user), cache, binaries);
  }

  private static ServerUser get(FutureTask<ServerUser> user)
      throws IOException, InterruptedException {
    try {
      return user.get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof LocalPostgresException known) {
        throw known;
      }
      throw new IOException("The account of the server was not found", failure.getCause());
    }
  }

  ClusterTemplate newCluster() {
    return new ClusterTemplate(binaries, user);
  }

  private static Path directory(@Nullable Path chosen, int uid) throws IOException {
    if (chosen == null) {
      return CacheLocation.choose(uid).toRealPath();
    }
    if (!CacheLocation.prepare(chosen, uid)) {
      throw new IOException(
          chosen + " is not writable, or not ours alone. Choose another with cacheDirectory(…).");
    }
    return chosen.toRealPath();
  }
}
