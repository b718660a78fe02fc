package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mfvanek.pg.connection.PgConnection;
import io.github.mfvanek.pg.connection.PgConnectionImpl;
import io.github.mfvanek.pg.core.checks.common.DatabaseCheckOnHost;
import io.github.mfvanek.pg.core.checks.host.StandardChecksOnHost;
import io.github.mfvanek.pg.model.dbobject.DbObject;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SchemaHealthTest {

  /** What the checks find and we want: the reason stands beside it. */
  private static final Map<String, String> WANTED =
      Map.of(
          "INDEXES_WITH_TIMESTAMP_IN_THE_MIDDLE activities_expiry_idx",
          "oldest first; the uuid makes batches the same for all workers",
          "INDEXES_WITH_TIMESTAMP_IN_THE_MIDDLE activities_home_feed_idx",
          "the key by which the feed pages",
          "INDEXES_WITH_TIMESTAMP_IN_THE_MIDDLE activities_newest_replies_idx",
          "the key by which the feed with replies pages",
          "INDEXES_WITH_TIMESTAMP_IN_THE_MIDDLE activities_replies_idx",
          "replies are shown in order of time",
          "INDEXES_WITH_TIMESTAMP_IN_THE_MIDDLE activities_user_page_idx",
          "the key by which the user page pages",
          "INDEXES_WITH_UNNECESSARY_WHERE_CLAUSE activities_newest_replies_idx",
          "most activities are no replies, and those have an index of their own",
          "INDEXES_WITH_UNNECESSARY_WHERE_CLAUSE activities_replies_idx",
          "most activities are no replies: the index is a fraction of the size",
          "PRIMARY_KEYS_THAT_MOST_LIKELY_NATURAL_KEYS environment_pkey",
          "it holds one row",
          "TABLES_NOT_LINKED_TO_OTHERS environment",
          "it describes the database, not its rows");

  @Test
  void hasNothingThatPgIndexHealthFinds() {
    Postgres database = Postgres.migrated();
    PgConnection connection =
        PgConnectionImpl.ofUrl(database.source(), database.as("postgres").getUrl());
    Map<String, String> found = new TreeMap<>();
    for (DatabaseCheckOnHost<? extends DbObject> check :
        new StandardChecksOnHost().apply(connection)) {
      if (check.isStatic()) {
        check.check().stream()
            .filter(object -> !object.toString().contains("flyway_schema_history"))
            .filter(object -> !object.getName().startsWith("uuid_"))
            .forEach(
                object -> found.put(check.getName() + " " + object.getName(), object.toString()));
      }
    }
    assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(WANTED.keySet());
  }
}
