package com.cruddur.db;

import com.cruddur.db.activities.ActivityDao;
import com.cruddur.db.internal.Jooq;
import com.cruddur.db.json.JsonQueries;
import com.cruddur.db.users.UserDao;
import java.time.Clock;
import java.util.Objects;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** The queries over one data source: a pool, standbys, or the one connection of a transaction. */
abstract class QuerySet implements CruddurQueries {

  private final DataSource source;
  private final @Nullable Clock clock;
  private final UserDao users;
  private final ActivityDao activities;
  private final JsonQueries json;
  private final DSLContext dsl;

  QuerySet(DataSource source, @Nullable Clock clock) {
    UserDao allUsers = UserDao.of(source);
    ActivityDao allActivities = ActivityDao.of(source);
    this.source = source;
    this.clock = clock;
    this.users = clock == null ? allUsers : allUsers.withClock(clock);
    this.activities = clock == null ? allActivities : allActivities.withClock(clock);
    this.json = JsonQueries.of(source);
    this.dsl = Jooq.on(source);
  }

  final DataSource source() {
    return source;
  }

  @Override
  public final UserDao users() {
    return users;
  }

  @Override
  public final ActivityDao activities() {
    return activities;
  }

  @Override
  public final JsonQueries json() {
    return json;
  }

  @Override
  public final DSLContext dsl() {
    return dsl;
  }

  @Override
  public <T extends @Nullable Object, E extends Exception> T transaction(TransactionWork<T, E> work)
      throws E {
    return Transaction.run(source, clock, Objects.requireNonNull(work, "work"));
  }
}
