package com.cruddur.db.testkit;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A statement that says when it is run, and keeps the connection that it came from. */
final class WatchedStatement implements InvocationHandler {

  private static final Set<String> TAKE_SQL =
      Set.of("execute", "executeQuery", "executeUpdate", "executeLargeUpdate", "addBatch");

  private final Statement statement;
  private final Connection connection;
  private final StatementLog log;
  private String sql;

  WatchedStatement(Statement statement, Connection connection, String sql, StatementLog log) {
    this.statement = statement;
    this.connection = connection;
    this.sql = sql;
    this.log = log;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    String name = method.getName();
    if (arguments != null && arguments[0] instanceof String given && TAKE_SQL.contains(name)) {
      sql = given;
    }
    return switch (name) {
      case "getConnection" -> connection;
      case "equals" -> arguments != null && proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default ->
          name.startsWith("execute")
              ? WatchedConnection.logged(log.begin(sql), statement, method, arguments)
              : WatchedConnection.pass(statement, method, arguments);
    };
  }
}
