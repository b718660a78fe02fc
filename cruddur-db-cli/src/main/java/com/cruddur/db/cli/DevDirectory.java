package com.cruddur.db.cli;

import com.cruddur.db.ConnectionUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The directory of a developer's server, and the address of the one that runs there. */
record DevDirectory(Path path) {

  private static final String URL = "connection-url";

  static DevDirectory of(@Nullable Path chosen) {
    return new DevDirectory((chosen == null ? usual() : chosen).toAbsolutePath().normalize());
  }

  private static Path usual() {
    String data = System.getenv().getOrDefault("XDG_DATA_HOME", "");
    String home = System.getenv().getOrDefault("HOME", System.getProperty("user.home"));
    if (home.equals("/root")) {
      // Root's server runs as another account, to which this home is closed.
      return Path.of("/var/lib/cruddur-db/dev");
    }
    Path parent = data.startsWith("/") ? Path.of(data) : Path.of(home, ".local", "share");
    return parent.resolve("cruddur-db").resolve("dev");
  }

  /** Returns the address of the server that runs there. A file that a crash left is no server. */
  Optional<String> runningUrl() throws IOException {
    Path file = path.resolve(URL);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String url = Files.readString(file).strip();
    try {
      Database.open(ConnectionUrl.parse(url)).close();
      return Optional.of(url);
    } catch (SQLException | IllegalArgumentException gone) {
      return Optional.empty();
    }
  }

  /** Writes the address for the next who asks, and for nobody else: it holds the password. */
  void remember(String url) throws IOException {
    Path unfinished =
        Files.createTempFile(
            path,
            URL,
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(unfinished, url + "\n");
    Files.move(unfinished, path.resolve(URL), StandardCopyOption.ATOMIC_MOVE);
  }
}
