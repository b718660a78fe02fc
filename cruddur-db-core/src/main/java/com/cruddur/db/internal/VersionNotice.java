package com.cruddur.db.internal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import org.jooq.Log;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.tools.JooqLogger;

/**
 * jOOQ's open-source edition says once in each JVM, at its first connection, whether it knows the
 * server's version, and warns of all but the newest. No setting turns that off; we support older
 * servers. So it is said about a connection that leads nowhere, while jOOQ is silent.
 */
final class VersionNotice {

  private VersionNotice() {}

  static void useUp(Settings settings) {
    try {
      DSL.using(nowhere(), SQLDialect.POSTGRES, settings).selectOne().fetch();
    } catch (DataAccessException expected) {
      // The connection leads nowhere.
    } finally {
      JooqLogger.globalThreshold(Log.Level.TRACE);
    }
  }

  private static Connection nowhere() {
    return proxy(
        Connection.class,
        (proxy, method, arguments) -> {
          if (!method.getName().equals("getMetaData")) {
            throw new SQLException("This connection leads nowhere.");
          }
          // Asked for once the notice is certain, and not before.
          JooqLogger.globalThreshold(Log.Level.FATAL);
          return proxy(DatabaseMetaData.class, (data, question, none) -> noVersion(question));
        });
  }

  private static Object noVersion(Method question) {
    return question.getReturnType() == int.class ? 0 : "";
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            VersionNotice.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
