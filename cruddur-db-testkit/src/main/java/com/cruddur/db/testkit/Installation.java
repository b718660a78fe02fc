package com.cruddur.db.testkit;

import java.io.IOException;
import java.nio.file.Path;
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
    ServerUser user = ServerUser.current();
    Cache cache = new Cache(directory(cacheDirectory, user.ownUid()));
    return new Installation(user, cache, PostgresBinaries.install(cache, Platform.current()));
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
