package com.cruddur.db.testkit;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A database that is one test's alone, with the session that was opened ahead for it, if what its
 * test would ask for could be foreseen. Thread-safe.
 *
 * @param name of the database
 * @param ahead the session
 * @param asked whether the test has asked for something
 * @param firstUse is told what that was
 */
record FreshDatabase(
    String name, Optional<SessionAhead> ahead, AtomicBoolean asked, Consumer<FirstUse> firstUse) {

  FreshDatabase(String name, Optional<SessionAhead> ahead, Consumer<FirstUse> firstUse) {
    this(name, ahead, new AtomicBoolean(), firstUse);
  }

  /** Returns the connection that was opened ahead; nothing the second time. */
  Optional<Connection> takeConnection() {
    ask(FirstUse.CONNECTION);
    return orClosed(ahead.flatMap(SessionAhead::takeConnection));
  }

  /** Returns the pool that was opened ahead; nothing the second time. */
  Optional<HikariDataSource> takePool() {
    ask(FirstUse.POOL);
    return orClosed(ahead.flatMap(SessionAhead::takePool));
  }

  /** Who asks for something else, or connects by the address, meets no session of ours. */
  private <T> Optional<T> orClosed(Optional<T> taken) {
    if (taken.isEmpty()) {
      closeUnused();
    }
    return taken;
  }

  void closeUnused() {
    ahead.ifPresent(SessionAhead::closeUnused);
  }

  private void ask(FirstUse use) {
    if (!asked.getAndSet(true)) {
      firstUse.accept(use);
    }
  }

  /** Sees to it that no session is used that began before now. */
  void outdate() {
    ahead.ifPresent(SessionAhead::outdate);
  }
}
