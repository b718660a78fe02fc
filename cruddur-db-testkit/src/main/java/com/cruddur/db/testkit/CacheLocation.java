package com.cruddur.db.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Chooses the directory of the cache: the account's own, else one in the temporary directory. */
final class CacheLocation {

  private static final String NAME = "cruddur-db";

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private CacheLocation() {}

  static Path choose(int uid) throws IOException {
    List<Path> candidates = candidates(uid);
    for (Path candidate : candidates) {
      if (prepare(candidate, uid)) {
        return candidate;
      }
    }
    throw new IOException(
        "No directory to keep the server's binaries in: tried "
            + candidates
            + ", and each is not writable, or not ours alone. Choose one with cacheDirectory(…)");
  }

  static boolean prepare(Path directory, int uid) {
    try {
      if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(directory.toAbsolutePath().getParent());
        Files.createDirectory(directory, OWNER_ONLY);
        // Root's server runs as another account, which reads the binaries here.
        FileTrees.permit(directory, uid == 0 ? "rwxr-xr-x" : "rwx------");
      }
      return FileTrees.isPrivate(directory, uid) && Files.isWritable(directory);
    } catch (IOException e) {
      return false;
    }
  }

  private static List<Path> candidates(int uid) {
    List<Path> candidates = new ArrayList<>();
    if (uid == 0) {
      // The home of root is closed to the account that the server runs as.
      candidates.add(Path.of("/var/cache", NAME));
    } else {
      addUserCache(candidates);
    }
    candidates.add(Path.of(System.getProperty("java.io.tmpdir"), NAME + "-cache-" + uid));
    return candidates;
  }

  private static void addUserCache(List<Path> candidates) {
    String xdgCache = System.getenv("XDG_CACHE_HOME");
    // The XDG Base Directory Specification has relative paths ignored.
    if (xdgCache != null && xdgCache.startsWith("/")) {
      candidates.add(Path.of(xdgCache, NAME));
    }
    String home = System.getenv().getOrDefault("HOME", System.getProperty("user.home"));
    if (home.startsWith("/")) {
      boolean mac = System.getProperty("os.name").startsWith("Mac");
      candidates.add(Path.of(home, mac ? "Library/Caches" : ".cache", NAME));
    }
  }
}
