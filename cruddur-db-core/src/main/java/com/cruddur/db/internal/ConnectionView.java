package com.cruddur.db.internal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A connection that is lent: {@code close()} gives it back, in a way that the lender says. */
final class ConnectionView implements InvocationHandler {

  /** A connection with auto-commit off that is nevertheless in nobody's transaction. */
  interface OutsideOfTransactions extends Connection {}

  private final Connection connection;
  private final SqlWork<@Nullable Void> onClose;
  private boolean closed;

  private ConnectionView(Connection connection, SqlWork<@Nullable Void> onClose) {
    this.connection = connection;
    this.onClose = onClose;
  }

  /** Lends a connection; at its end the action is run on it. */
  static Connection lend(Connection connection, SqlWork<@Nullable Void> onClose) {
    return lend(Connection.class, connection, onClose);
  }

  /** Lends a connection whose auto-commit the lender has turned off without beginning anything. */
  static Connection lendOutsideOfTransactions(
      Connection connection, SqlWork<@Nullable Void> onClose) {
    return lend(OutsideOfTransactions.class, connection, onClose);
  }

  private static Connection lend(
      Class<? extends Connection> type, Connection connection, SqlWork<@Nullable Void> onClose) {
    return type.cast(
        Proxy.newProxyInstance(
            ConnectionView.class.getClassLoader(),
            new Class<?>[] {type},
            new ConnectionView(connection, onClose)));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    return switch (method.getName()) {
      case "close" -> close();
      case "isClosed" -> closed || connection.isClosed();
      default -> pass(method, arguments);
    };
  }

  private @Nullable Object close() throws SQLException {
    if (!closed) {
      closed = true;
      onClose.run(connection);
    }
    return null;
  }

  private @Nullable Object pass(Method method, Object @Nullable [] arguments) throws Throwable {
    requireOpen(closed, method);
    return call(connection, method, arguments);
  }

  /** What every object answers is answered by a closed connection too. */
  static void requireOpen(boolean closed, Method method) throws SQLException {
    if (closed && method.getDeclaringClass() != Object.class) {
      throw new SQLException("This connection has been given back.", "08003");
    }
  }

  static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getTargetException();
    }
  }
}
