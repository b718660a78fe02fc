package com.cruddur.db.internal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a transaction as its work sees it: nothing that it gives ends the transaction,
 * be it by a method, as a text, or through what lies below.
 */
final class TransactionView implements InvocationHandler {

  private final Connection connection;
  private final TransactionDataSource transaction;
  private boolean closed;

  private TransactionView(Connection connection, TransactionDataSource transaction) {
    this.connection = connection;
    this.transaction = transaction;
  }

  static Connection of(Connection connection, TransactionDataSource transaction) {
    return proxy(Connection.class, new TransactionView(connection, transaction));
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            TransactionView.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    return switch (method.getName()) {
      case "close" -> close();
      case "isClosed" -> closed || connection.isClosed();
      case "commit", "setAutoCommit", "abort" -> throw TransactionControl.refusal(method.getName());
      case "rollback" -> pass(savepointAlone(method, arguments), arguments);
      case "unwrap" -> unwrap((Connection) proxy, arguments);
      case "createStatement", "prepareStatement", "prepareCall" ->
          statement((Connection) proxy, method, arguments);
      default -> pass(method, arguments);
    };
  }

  private static Method savepointAlone(Method method, Object @Nullable [] arguments)
      throws SQLException {
    if (arguments == null) {
      throw TransactionControl.refusal(method.getName());
    }
    return method;
  }

  private @Nullable Object close() throws SQLException {
    if (!closed) {
      closed = true;
      transaction.look();
    }
    return null;
  }

  private @Nullable Object pass(Method method, Object @Nullable [] arguments) throws Throwable {
    ConnectionView.requireOpen(closed, method);
    return ConnectionView.call(connection, method, arguments);
  }

  private @Nullable Object statement(Connection self, Method method, Object @Nullable [] arguments)
      throws Throwable {
    ConnectionView.requireOpen(closed, method);
    transaction.requireItself();
    refuseText(arguments);
    Object statement = ConnectionView.call(connection, method, arguments);
    InvocationHandler guard =
        (proxy, of, values) -> {
          refuseText(values);
          return of.getName().equals("getConnection")
              ? self
              : ConnectionView.call(statement, of, values);
        };
    if (statement instanceof CallableStatement) {
      return proxy(CallableStatement.class, guard);
    }
    return statement instanceof PreparedStatement
        ? proxy(PreparedStatement.class, guard)
        : proxy(Statement.class, guard);
  }

  private void refuseText(Object @Nullable [] arguments) throws SQLException {
    if (arguments != null && arguments[0] instanceof String sql) {
      TransactionControl.refuse(sql, connection);
    }
  }

  /** What lies below has the same methods, and they are as little for the work to call. */
  private Object unwrap(Connection self, Object @Nullable [] arguments) throws Throwable {
    Class<?> type = (Class<?>) arguments[0];
    if (type.isInstance(self)) {
      return self;
    }
    if (!type.isInterface()) {
      throw TransactionControl.refusal(
          "unwrap(" + type.getSimpleName() + ".class), other than of an interface,");
    }
    Object below = connection.unwrap(type);
    return proxy(
        type,
        (proxy, method, values) -> {
          if (method.getDeclaringClass().isAssignableFrom(Connection.class)) {
            return invoke(self, method, values);
          }
          refuseText(values);
          return ConnectionView.call(below, method, values);
        });
  }
}
