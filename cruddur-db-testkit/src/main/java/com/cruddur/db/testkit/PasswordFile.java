package com.cruddur.db.testkit;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.ConnectionUrl.HostPort;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file with a server's password in libpq's form, beside its data: psql can log in, and nobody
 * sees the password.
 */
final class PasswordFile {

  private static final Logger LOG = LoggerFactory.getLogger(PasswordFile.class);

  private PasswordFile() {}

  /** Returns the file, readable by this account alone; it vanishes with the server's directory. */
  static Path in(Path directory, ConnectionUrl url) throws IOException {
    Path file = directory.resolve("pgpass-" + url.user().orElseThrow());
    try {
      ClusterTemplate.writeSecret(file, lines(url));
    } catch (FileAlreadyExistsException e) {
      // Another database of the server was kept before.
      LOG.debug("{} is there", file);
    }
    return file;
  }

  private static String lines(ConnectionUrl url) {
    return url.hosts().stream().map(host -> line(host, url)).collect(Collectors.joining());
  }

  private static String line(HostPort host, ConnectionUrl url) {
    return "%s:%d:*:%s:%s\n"
        .formatted(
            host.host(), host.port(), url.user().orElseThrow(), url.password().orElseThrow());
  }
}
