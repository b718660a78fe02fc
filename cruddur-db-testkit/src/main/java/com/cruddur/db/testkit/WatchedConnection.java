package com.cruddur.db.testkit;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * A connection that says what is run on it, and whether it was closed and its transaction ended.
 */
final class WatchedConnection implements InvocationHandler {

  private final Connection connection;
  private final ConnectionWatch watch;
  private final Leak opened;
  private boolean closed;

  private WatchedConnection(Connection connection, ConnectionWatch watch) {
    this.connection = connection;
    this.watch = watch;
    this.opened = watch.leak("A connection");
    watch.opened(this, opened);
  }

  static Connection of(Connection connection, ConnectionWatch watch) {
    return proxy(Connection.class, new WatchedConnection(connection, watch));
  }

  static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            WatchedConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    return switch (method.getName()) {
      case "close" -> close(method);
      case "equals" -> arguments != null && proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "createStatement" -> watched(Statement.class, proxy, "", method, arguments);
      case "prepareStatement" -> watched(PreparedStatement.class, proxy, method, arguments);
      case "prepareCall" -> watched(CallableStatement.class, proxy, method, arguments);
      case "commit", "rollback" -> logged(method, arguments);
      case "setAutoCommit" -> setAutoCommit(method, arguments);
      default -> pass(connection, method, arguments);
    };
  }

  private @Nullable Object setAutoCommit(Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (!closed && arguments != null) {
      boolean begins = Boolean.FALSE.equals(arguments[0]);
      watch.opened(this, begins ? watch.leak("A transaction") : opened);
    }
    return pass(connection, method, arguments);
  }

  private @Nullable Object close(Method method) throws Throwable {
    if (!closed) {
      closed = true;
      Leak place = watch.closed(this);
      if (isInTransaction()) {
        watch.leftOpen((place == null ? opened : place).as("A transaction"));
      }
    }
    return pass(connection, method, null);
  }

  /** Returns whether what was done is about to be lost; a failed transaction is lost already. */
  private boolean isInTransaction() throws SQLException {
    return !connection.isClosed()
        && connection.isWrapperFor(BaseConnection.class)
        && connection.unwrap(BaseConnection.class).getTransactionState() == TransactionState.OPEN;
  }

  private @Nullable Object logged(Method method, Object @Nullable [] arguments) throws Throwable {
    String command = method.getName().toUpperCase(Locale.ROOT);
    return logged(watch.statements().begin(command), connection, method, arguments);
  }

  static @Nullable Object logged(
      StatementLog.Entry entry, Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      Object result = pass(target, method, arguments);
      entry.succeeded();
      return result;
    } catch (Throwable failure) {
      entry.failed(failure);
      throw failure;
    }
  }

  private <T extends Statement> T watched(
      Class<T> type, Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
    String sql = arguments == null ? "" : String.valueOf(arguments[0]);
    return watched(type, proxy, sql, method, arguments);
  }

  private <T extends Statement> T watched(
      Class<T> type, Object proxy, String sql, Method method, Object @Nullable [] arguments)
      throws Throwable {
    T statement = type.cast(pass(connection, method, arguments));
    return proxy(
        type, new WatchedStatement(statement, (Connection) proxy, sql, watch.statements()));
  }

  static @Nullable Object pass(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getTargetException();
    }
  }
}
