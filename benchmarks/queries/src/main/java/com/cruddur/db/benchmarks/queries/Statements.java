package com.cruddur.db.benchmarks.queries;

import com.cruddur.db.activities.ActivityDao;
import com.cruddur.db.activities.FeedRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;

/** The SQL of the home feed: that of the library as it is, and that of its rivals. */
final class Statements {

  private static final String COLUMNS =
      "a.uuid, u.display_name, u.handle, a.message, a.replies_count, a.reposts_count,"
          + " a.likes_count, a.reply_to_activity_uuid, a.expires_at, a.created_at";
  private static final String FROM =
      """
       FROM public.activities a JOIN public.users u ON u.uuid = a.user_uuid
      WHERE a.reply_to_activity_uuid IS NULL
        AND (a.expires_at IS NULL OR a.expires_at > current_timestamp)
      ORDER BY a.created_at DESC, a.uuid DESC LIMIT ?""";

  /** The query of the old layer, with the conditions that it lacked. */
  static final String PLAIN = "SELECT " + COLUMNS + FROM;

  /** The wrapping of the old layer. */
  static final String OLD_WRAPPING =
      "SELECT coalesce(array_to_json(array_agg(row_to_json(r))), '[]') FROM (" + PLAIN + ") r";

  private Statements() {}

  /** Returns the plain columns by the library's statement: what the database does without JSON. */
  static String plainColumnsOf(String feed) {
    int from = feed.indexOf("FROM (\n");
    String start = feed.substring(0, feed.indexOf("SELECT concat('{"));
    return start + "SELECT " + COLUMNS + " " + feed.substring(from);
  }

  /** Returns the statement that the library prepares for a first page. */
  static String ofTheLibrary(DataSource dataSource) {
    AtomicReference<String> seen = new AtomicReference<>();
    DataSource spy =
        proxy(
            DataSource.class,
            dataSource,
            (name, argument, result) ->
                name.equals("getConnection") ? spied((Connection) result, seen) : result);
    ActivityDao.of(spy).home(FeedRequest.first(50));
    return seen.get();
  }

  private static Connection spied(Connection connection, AtomicReference<String> seen) {
    return proxy(
        Connection.class,
        connection,
        (name, argument, result) -> {
          if (name.equals("prepareStatement")) {
            seen.set((String) argument);
          }
          return result;
        });
  }

  private interface Observer {
    Object see(String method, Object firstArgument, Object result);
  }

  private static <T> T proxy(Class<T> type, T target, Observer observer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(target, arguments);
                return observer.see(
                    method.getName(), arguments == null ? null : arguments[0], result);
              } catch (InvocationTargetException failure) {
                throw failure.getTargetException();
              }
            }));
  }
}
