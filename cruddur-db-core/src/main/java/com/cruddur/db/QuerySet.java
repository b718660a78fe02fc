package com.cruddur.db;

import com.cruddur.db.activities.ActivityDao;
import com.cruddur.db.internal.Jooq;
import com.cruddur.db.json.JsonQueries;
import com.cruddur.db.users.UserDao;
import java.time.Clock;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** The queries over one data source: a pool, or the one connection of a transaction. */
final class QuerySet {

  private final UserDao users;
  private final ActivityDao activities;
  private final JsonQueries json;
  private final DSLContext dsl;

  QuerySet(DataSource dataSource, @Nullable Clock clock) {
    UserDao allUsers = UserDao.of(dataSource);
    ActivityDao allActivities = ActivityDao.of(dataSource);
    this.users = clock == null ? allUsers : allUsers.withClock(clock);
    this.activities = clock == null ? allActivities : allActivities.withClock(clock);
    this.json = JsonQueries.of(dataSource);
    this.dsl = Jooq.on(dataSource);
  }

  UserDao users() {
    return users;
  }

  ActivityDao activities() {
    return activities;
  }

  JsonQueries json() {
    return json;
  }

  DSLContext dsl() {
    return dsl;
  }
}
