package com.cruddur.db.testkit;

import com.cruddur.db.ConnectionUrl;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens sessions before their tests ask. Only the newest few that nobody has taken stay open: each
 * is a process of the server. Thread-safe.
 */
final class SessionsAhead {

  private static final Logger LOG = LoggerFactory.getLogger(SessionsAhead.class);

  static final int MOST = 8;

  private final ConnectionUrl login;
  private final Queue<SessionAhead> open = new ConcurrentLinkedQueue<>();

  SessionsAhead(ConnectionUrl login) {
    this.login = login;
  }

  /** Opens what a test will ask for; nothing if that is not known, or fails. */
  Optional<SessionAhead> open(String database, FirstUse use) {
    try {
      ConnectionUrl url = login.withDatabase(database);
      return switch (use) {
        case UNKNOWN -> Optional.empty();
        case CONNECTION -> Optional.of(keep(SessionAhead.connection(url)));
        case POOL -> Optional.of(keep(SessionAhead.pool(url)));
      };
    } catch (SQLException failure) {
      LOG.debug("The test will tell why it has no session: {}", failure.getMessage());
      return Optional.empty();
    }
  }

  private SessionAhead keep(SessionAhead session) {
    open.removeIf(SessionAhead::isGone);
    open.add(session);
    while (open.size() > MOST) {
      Optional.ofNullable(open.poll()).ifPresent(SessionAhead::closeUnused);
    }
    return session;
  }
}
