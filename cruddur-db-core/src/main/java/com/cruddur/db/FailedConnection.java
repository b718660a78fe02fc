package com.cruddur.db;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Stands in a pool for a connection that could not be made, and brings the reason to who waits for
 * one: HikariCP itself would let them wait for the whole acquire time-out.
 */
interface FailedConnection extends Connection {

  /** Returns why there is no connection. */
  SQLException reason();

  static FailedConnection of(SQLException reason, int networkTimeout, Runnable onClose) {
    return (FailedConnection)
        Proxy.newProxyInstance(
            FailedConnection.class.getClassLoader(),
            new Class<?>[] {FailedConnection.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "reason" -> reason;
                  case "close" -> run(onClose);
                  // The pool takes these three from its first connection, for all others.
                  case "getNetworkTimeout" -> networkTimeout;
                  case "getTransactionIsolation" -> TRANSACTION_READ_COMMITTED;
                  case "getAutoCommit" -> true;
                  case "isWrapperFor" -> false;
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  case "toString" -> "no connection";
                  default -> nothing(method);
                });
  }

  private static @Nullable Object run(Runnable action) {
    action.run();
    return null;
  }

  private static @Nullable Object nothing(Method method) {
    return method.getReturnType() == boolean.class ? false : null;
  }
}
