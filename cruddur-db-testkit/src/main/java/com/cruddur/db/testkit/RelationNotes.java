package com.cruddur.db.testkit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What PostgreSQL notes in each database about its catalogs, for the next session. A server takes
 * the notes away at its start, because those of a crash may be wrong, and in a sealed template
 * nobody writes them again: the first session of every copy would gather for two milliseconds what
 * has not changed. After a clean shutdown they are right, so a cluster in the cache has them apart,
 * and they are put back once the server has started.
 */
final class RelationNotes {

  private static final Logger LOG = LoggerFactory.getLogger(RelationNotes.class);

  /** RELCACHE_INIT_FILENAME of PostgreSQL's source. */
  private static final String FILE = "pg_internal.init";

  /** What the server does not know is left alone. */
  private static final String APART = "cruddur-db-notes-";

  private RelationNotes() {}

  /** Puts them apart in the data of a server that has shut down. */
  static void keep(Path data) throws IOException {
    try (DirectoryStream<Path> databases = Files.newDirectoryStream(data.resolve("base"))) {
      for (Path database : databases) {
        if (Files.exists(database.resolve(FILE))) {
          Files.move(database.resolve(FILE), data.resolve(APART + database.getFileName()));
        }
      }
    }
  }

  /**
   * Puts them back for a server that has started and has had no session. Only once: at its next
   * start they may be wrong.
   */
  static void putBack(Path data) {
    try (DirectoryStream<Path> apart = Files.newDirectoryStream(data, APART + "*")) {
      for (Path notes : apart) {
        String database = notes.getFileName().toString().substring(APART.length());
        Files.move(notes, data.resolve("base").resolve(database).resolve(FILE));
      }
    } catch (IOException failure) {
      LOG.debug("Sessions in {} begin slower than they could", data, failure);
    }
  }
}
