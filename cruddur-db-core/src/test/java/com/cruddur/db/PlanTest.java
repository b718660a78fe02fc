package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.activities.ActivityDao;
import com.cruddur.db.activities.FeedCursor;
import com.cruddur.db.activities.FeedRequest;
import com.cruddur.db.activities.NewActivity;
import com.cruddur.db.activities.NewReply;
import com.cruddur.db.activities.SearchCursor;
import com.cruddur.db.activities.SearchPage;
import com.cruddur.db.activities.SearchRequest;
import com.cruddur.db.activities.Ttl;
import com.cruddur.db.users.NewUser;
import com.cruddur.db.users.UserDao;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The plans of all statements of the DAOs, with 200 thousand activities and 20 thousand users. */
class PlanTest {

  private static HikariDataSource pool;
  private static StatementRecorder recorder;
  private static UUID post;

  @BeforeAll
  static void populate() throws SQLException {
    ConnectionUrl database = TestServer.migratedDatabase();
    try (Connection admin =
            DriverManager.getConnection(database.jdbcUrl(), "postgres", "postgres");
        Statement statement = admin.createStatement()) {
      statement.execute("SET session_replication_role = replica");
      statement.execute(
          """
          INSERT INTO users (display_name, handle, cognito_user_id)
            SELECT 'User ' || i, 'User' || i, CASE WHEN i % 10 = 0 THEN 'MOCK' ELSE 'sub-' || i END
            FROM generate_series(1, 20000) i;
          INSERT INTO activities (user_uuid, message, created_at, expires_at)
            SELECT uuid, 'cloud ' || handle, now() - i * interval '1 minute',
              CASE i % 2 WHEN 0 THEN now() + (i - 5) * interval '1 hour' END
            FROM users, generate_series(1, 9) i;
          INSERT INTO activities (user_uuid, message, created_at, reply_to_activity_uuid)
            SELECT user_uuid, 'reply', created_at + interval '1 second', uuid
            FROM activities LIMIT 20000""");
      statement.execute("VACUUM ANALYZE users, activities");
    }
    pool = PoolFactory.create(TestServer.asApp(database));
    recorder = new StatementRecorder(pool);
    post = ActivityDao.of(pool).create(activity()).uuid();
  }

  @AfterAll
  static void close() {
    pool.close();
  }

  static Stream<String> calls() {
    return CALLS.keySet().stream();
  }

  private interface Call {
    void run(UserDao users, ActivityDao activities);
  }

  private static final Map<String, Call> CALLS = new LinkedHashMap<>();

  static {
    for (boolean next : new boolean[] {false, true}) {
      String page = next ? ", next page" : "";
      CALLS.put("home" + page, (users, activities) -> activities.home(feed(next)));
      CALLS.put(
          "home with expired" + page,
          (users, activities) -> activities.home(feed(next).withExpired()));
      CALLS.put(
          "home with replies" + page,
          (users, activities) -> activities.home(feed(next).withReplies()));
      CALLS.put(
          "home with both" + page,
          (users, activities) -> activities.home(feed(next).withReplies().withExpired()));
      CALLS.put(
          "search for one" + page, (users, activities) -> activities.search(search("user7", next)));
      CALLS.put(
          "search for what all have" + page,
          (users, activities) -> activities.search(search("cloud", next)));
      CALLS.put(
          "home, for Java" + page, (users, activities) -> activities.homeActivities(feed(next)));
      CALLS.put(
          "search, for Java" + page,
          (users, activities) -> activities.searchActivities(search("cloud", next)));
    }
    CALLS.put(
        "search, next thousand",
        (users, activities) ->
            activities.search(SearchRequest.first("cloud", 20).after(lastOfThousand())));
    CALLS.put("show, for Java", (users, activities) -> activities.showActivity(post));
    CALLS.put("user page, for Java", (users, activities) -> users.pageActivities("user7"));
    CALLS.put(
        "user page, next page, for Java",
        (users, activities) -> users.pageActivities("user7", cursor()));
    CALLS.put("user page", (users, activities) -> users.page("user7"));
    CALLS.put("user page, next page", (users, activities) -> users.page("user7", cursor()));
    CALLS.put("create", (users, activities) -> activities.create(activity()));
    CALLS.put(
        "create by uuid",
        (users, activities) ->
            activities.create(
                NewActivity.of(users.findByHandle("user7").orElseThrow(), "hi", Ttl.ONE_DAY)));
    CALLS.put("reply", (users, activities) -> activities.reply(NewReply.of("sub-7", post, "hi")));
    CALLS.put("find", (users, activities) -> activities.find(post));
    CALLS.put("show", (users, activities) -> activities.show(post));
    CALLS.put(
        "delete expired",
        (users, activities) -> assertThat(activities.deleteExpired(1000)).isEqualTo(1000));
    CALLS.put("find by handle", (users, activities) -> users.findByHandle("user7"));
    CALLS.put("find by Cognito id", (users, activities) -> users.findByCognitoId("sub-7"));
    CALLS.put("short profile", (users, activities) -> users.shortProfile("user7"));
    CALLS.put("profile", (users, activities) -> users.profile("user7"));
    CALLS.put("update profile", (users, activities) -> users.updateProfile("sub-7", "Name", null));
    CALLS.put("message users", (users, activities) -> users.messageUsers("sub-7", "user8"));
    CALLS.put(
        "insert user",
        (users, activities) -> users.insert(NewUser.of("sub-7", "Name", "user7", null)));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void readsByIndexOnly(String name) throws SQLException {
    CALLS.get(name).run(UserDao.of(recorder), ActivityDao.of(recorder));
    var statements = recorder.takeStatements();
    assertThat(statements).isNotEmpty();
    for (var statement : statements) {
      assertReadsByIndex(statement, String.join("\n", recorder.planForValues(statement)));
      assertReadsByIndex(statement, String.join("\n", recorder.planForAnyValues(statement)));
    }
  }

  private static void assertReadsByIndex(StatementRecorder.Recorded statement, String plan) {
    assertThat(plan)
        .as(statement.sql())
        .doesNotContain("Seq Scan on activities", "Seq Scan on users")
        .containsAnyOf("Scan", "Conflict Resolution: NOTHING");
  }

  private static FeedRequest feed(boolean next) {
    FeedRequest request = FeedRequest.first(20);
    return next ? request.after(cursor()) : request;
  }

  private static SearchRequest search(String term, boolean next) {
    SearchRequest request = SearchRequest.first(term, 20);
    if (!next) {
      return request;
    }
    SearchCursor cursor =
        ActivityDao.of(pool).search(SearchRequest.first("cloud", 20)).next().orElseThrow();
    return term.equals("cloud") ? request.after(cursor) : request;
  }

  /** Where the newest thousand end. */
  private static SearchCursor lastOfThousand() {
    SearchRequest first = SearchRequest.first("cloud", 100);
    SearchPage page = ActivityDao.of(pool).search(first);
    for (int pages = 1; pages < 10; pages++) {
      page = ActivityDao.of(pool).search(first.after(page.next().orElseThrow()));
    }
    return page.next().orElseThrow();
  }

  private static FeedCursor cursor() {
    return ActivityDao.of(pool).home(FeedRequest.first(20)).next().orElseThrow();
  }

  private static NewActivity activity() {
    return NewActivity.of("sub-7", "hi", Ttl.ONE_DAY);
  }
}
