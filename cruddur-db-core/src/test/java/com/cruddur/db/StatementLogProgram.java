package com.cruddur.db;

import com.cruddur.db.json.SqlTemplate;
import com.cruddur.db.users.NewUser;
import java.time.Duration;

/** Asks a few things, for the log. */
final class StatementLogProgram {

  static final String CANARY = "Kan4rie";

  private StatementLogProgram() {}

  public static void main(String[] arguments) {
    try (CruddurDb db =
        CruddurDb.builder()
            .url(ConnectionUrl.parse(arguments[0]))
            .slowQueries(Duration.parse(arguments[1]))
            .build()) {
      db.users().insert(NewUser.of(CANARY, CANARY, CANARY, null));
      db.users().findByHandle(CANARY);
      db.dsl().fetch("SELECT '" + CANARY + "', E'\\'" + CANARY + "', $x$" + CANARY + "$x$, 4711");
      db.transaction(
          tx -> tx.json().execute(SqlTemplate.of("UPDATE users SET bio = :b").bind("b", CANARY)));
      try {
        db.json().execute(SqlTemplate.of("SELECT :v::uuid").bind("v", CANARY));
      } catch (CruddurDbException expected) {
        db.json().value(SqlTemplate.of("SELECT pg_sleep(0.3)::text"), String.class);
      }
    }
  }
}
