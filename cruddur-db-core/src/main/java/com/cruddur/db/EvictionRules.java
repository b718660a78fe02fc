package com.cruddur.db;

import static com.cruddur.db.ConnectionParameter.TARGET_SESSION_ATTRS;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/** After which errors a pool gives a connection up, where HikariCP's own rules do not fit. */
final class EvictionRules implements SQLExceptionOverride {

  private static final Set<String> READERS = Set.of("read-only", "standby", "prefer-standby");

  private final boolean mayBeReadOnly;

  EvictionRules(ConnectionUrl url, boolean forReader) {
    this.mayBeReadOnly =
        forReader || url.find(TARGET_SESSION_ATTRS).map(READERS::contains).orElse(false);
  }

  @java.lang.Override
  public SQLExceptionOverride.Override adjudicate(SQLException failure) {
    return switch (String.valueOf(failure.getSQLState())) {
      // The server became a replica: a new connection finds the primary. A reader expects nothing
      // else.
      case "25006" ->
          mayBeReadOnly
              ? SQLExceptionOverride.Override.DO_NOT_EVICT
              : SQLExceptionOverride.Override.MUST_EVICT;
      // A statement that PostgreSQL does not support says nothing about the connection.
      case "0A000" -> SQLExceptionOverride.Override.DO_NOT_EVICT;
      default -> SQLExceptionOverride.Override.CONTINUE_EVICT;
    };
  }
}
