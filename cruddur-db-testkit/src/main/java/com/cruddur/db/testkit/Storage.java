package com.cruddur.db.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directories that throwaway servers are made in. */
final class Storage {

  private static final Logger LOG = LoggerFactory.getLogger(Storage.class);
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final long ENOUGH_MEMORY = 512L << 20;

  private Storage() {}

  /** Returns the memory's directory if it has room for a server and its tests, else the disk's. */
  static Path roomiest() {
    try {
      if (Files.isWritable(MEMORY)
          && Files.getFileStore(MEMORY).getUsableSpace() >= ENOUGH_MEMORY) {
        return MEMORY;
      }
    } catch (IOException e) {
      LOG.debug("No use of {}", MEMORY, e);
    }
    return temporaryDirectory();
  }

  /** Returns every existing directory in which a server may have been left, and the chosen one. */
  static Stream<Path> all(@Nullable Path chosen) {
    return Stream.of(MEMORY, temporaryDirectory(), chosen)
        .filter(Objects::nonNull)
        .distinct()
        .filter(Files::isDirectory);
  }

  private static Path temporaryDirectory() {
    return Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
  }
}
