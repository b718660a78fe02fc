package com.cruddur.db;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the reader when it is first asked for: most programs never do. */
final class ReaderOpener implements AutoCloseable {

  private final Supplier<Reader> source;
  private volatile @Nullable Reader reader;
  private boolean closed;

  ReaderOpener(Supplier<Reader> source) {
    this.source = source;
  }

  /**
   * Returns the reader, always the same.
   *
   * @throws IllegalStateException if it is asked for first after the end
   */
  Reader get() {
    Reader made = reader;
    return made == null ? make() : made;
  }

  private synchronized Reader make() {
    Reader made = reader;
    if (made == null) {
      if (closed) {
        throw new IllegalStateException("The database has been closed.");
      }
      made = source.get();
      reader = made;
    }
    return made;
  }

  /** Returns what looks at the standbys, or null if none are read from. */
  @Nullable HealthCheck health() {
    Reader made = reader;
    return made == null ? null : made.health();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (reader != null) {
      reader.close();
    }
  }
}
