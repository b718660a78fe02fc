package com.cruddur.db.migrations;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Springs a trap at a chosen step of the first pending migration: before each of its statements,
 * before its row in the history, or behind that, before the commit. A negative step stands for the
 * rows of the history alone: -2 is before the second one.
 */
final class TrappedDataSource implements DataSource {

  /** What happens in the trap; usually it does not return. */
  interface Trap {
    void spring(Connection connection) throws SQLException;
  }

  private final DataSource source;
  private final int step;
  private final Trap trap;
  private int steps = -1;
  private int rows;

  TrappedDataSource(DataSource source, int step, Trap trap) {
    this.source = source;
    this.step = step;
    this.trap = trap;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = source.getConnection();
    return proxy(
        Connection.class,
        connection,
        (method, arguments) -> {
          Object result = call(connection, method, arguments);
          if (result instanceof PreparedStatement prepared) {
            String sql = (String) arguments[0];
            return proxy(
                PreparedStatement.class,
                prepared,
                (m, a) -> watched(connection, prepared, m, a, sql));
          }
          return result instanceof Statement statement
              ? proxy(
                  Statement.class, statement, (m, a) -> watched(connection, statement, m, a, null))
              : result;
        });
  }

  private @Nullable Object watched(
      Connection connection,
      Statement statement,
      Method method,
      Object @Nullable [] arguments,
      @Nullable String prepared)
      throws Throwable {
    boolean runs = method.getName().startsWith("execute");
    boolean history = prepared != null && prepared.startsWith("INSERT INTO \"public\".\"flyway");
    boolean script = prepared == null && arguments != null && arguments[0] instanceof String;
    if (runs && script && ((String) arguments[0]).matches("(?s).*SET (LOCAL )?lock_timeout.*")) {
      steps = Math.max(steps, 0);
    }
    if (runs && steps >= 0 && (script || history)) {
      step(connection);
    }
    if (runs && history && --rows == step) {
      trap.spring(connection);
    }
    Object result = call(statement, method, arguments);
    if (runs && steps >= 0 && history) {
      step(connection);
    }
    return result;
  }

  private void step(Connection connection) throws SQLException {
    if (++steps == step) {
      trap.spring(connection);
    }
  }

  private interface Call {
    @Nullable Object on(Method method, Object @Nullable [] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, T target, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            TrappedDataSource.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> call.on(method, arguments)));
  }

  private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
