package com.cruddur.db.internal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is lent: {@code close()} gives it back, in a way that the lender says. One that
 * is in the lender's transaction cannot end it.
 */
final class ConnectionView implements InvocationHandler {

  private final Connection connection;
  private final SqlWork<@Nullable Void> onClose;
  private final boolean inTransaction;
  private boolean closed;

  private ConnectionView(
      Connection connection, SqlWork<@Nullable Void> onClose, boolean inTransaction) {
    this.connection = connection;
    this.onClose = onClose;
    this.inTransaction = inTransaction;
  }

  /** Lends a connection; at its end the action is run on it. */
  static Connection lend(Connection connection, SqlWork<@Nullable Void> onClose) {
    return proxy(new ConnectionView(connection, onClose, false));
  }

  /** Lends the connection of a transaction, which stays open. */
  static Connection ofTransaction(Connection connection, SqlWork<@Nullable Void> onClose) {
    return proxy(new ConnectionView(connection, onClose, true));
  }

  private static Connection proxy(ConnectionView view) {
    return (Connection)
        Proxy.newProxyInstance(
            ConnectionView.class.getClassLoader(), new Class<?>[] {Connection.class}, view);
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    return switch (method.getName()) {
      case "close" -> close();
      case "isClosed" -> closed || connection.isClosed();
      case "commit", "setAutoCommit", "abort" -> pass(refusedInTransaction(method), arguments);
      case "rollback" -> pass(arguments == null ? refusedInTransaction(method) : method, arguments);
      case "prepareStatement", "prepareCall" -> pass(refusedByText(method, arguments), arguments);
      case "createStatement" -> statement(pass(method, arguments));
      default -> pass(method, arguments);
    };
  }

  private Method refusedInTransaction(Method method) throws SQLException {
    if (inTransaction) {
      throw TransactionControl.refusal(method.getName());
    }
    return method;
  }

  private Method refusedByText(Method method, Object @Nullable [] arguments) throws SQLException {
    if (inTransaction && arguments != null && arguments[0] instanceof String sql) {
      TransactionControl.refuse(sql);
    }
    return method;
  }

  /** A statement that is given its text later. */
  private @Nullable Object statement(@Nullable Object statement) {
    return inTransaction && statement instanceof Statement plain
        ? Proxy.newProxyInstance(
            ConnectionView.class.getClassLoader(),
            new Class<?>[] {Statement.class},
            (proxy, method, arguments) -> call(plain, refusedByText(method, arguments), arguments))
        : statement;
  }

  private @Nullable Object close() throws SQLException {
    if (!closed) {
      closed = true;
      onClose.run(connection);
    }
    return null;
  }

  private @Nullable Object pass(Method method, Object @Nullable [] arguments) throws Throwable {
    if (closed) {
      throw new SQLException("This connection has been given back.", "08003");
    }
    return call(connection, method, arguments);
  }

  private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getTargetException();
    }
  }
}
