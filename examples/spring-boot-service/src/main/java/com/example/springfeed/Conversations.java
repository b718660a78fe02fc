package com.example.springfeed;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.activities.NewActivity;
import com.cruddur.db.activities.NewReply;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** An activity with replies of its author, all of them or none. */
@Service
class Conversations {

  private final CruddurDb db;
  private final JdbcClient jdbc;

  Conversations(CruddurDb db, JdbcClient jdbc) {
    this.db = db;
    this.jdbc = jdbc;
  }

  /** Spring's transaction: what JdbcClient does on the same data source is part of it as well. */
  @Transactional
  UUID begin(NewActivity activity, String caller, List<String> replies) {
    UUID first = db.activities().create(activity).uuid();
    for (String message : replies) {
      db.activities().reply(NewReply.of(caller, first, message));
    }
    jdbc.sql("UPDATE activities SET likes_count = 1 WHERE uuid = ?").param(first).update();
    return first;
  }
}
