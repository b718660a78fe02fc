package com.cruddur.db;

import com.cruddur.db.internal.DelegatingDataSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;

/** Notes the statements that pass through a data source, and asks the server for their plans. */
final class StatementRecorder extends DelegatingDataSource {

  /** A statement with the calls that set its parameters. */
  record Recorded(String sql, List<Call> parameters) {}

  private record Call(Method method, Object[] arguments) {}

  private final DataSource dataSource;
  private final List<Recorded> statements = new ArrayList<>();

  StatementRecorder(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Returns what was run since the last call. */
  List<Recorded> takeStatements() {
    List<Recorded> taken = List.copyOf(statements);
    statements.clear();
    return taken;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = dataSource.getConnection();
    return proxy(
        Connection.class,
        connection,
        (method, arguments, result) ->
            method.getName().equals("prepareStatement")
                ? record((String) arguments[0], (PreparedStatement) result)
                : result);
  }

  private PreparedStatement record(String sql, PreparedStatement prepared) {
    List<Call> calls = new ArrayList<>();
    statements.add(new Recorded(sql, calls));
    return proxy(
        PreparedStatement.class,
        prepared,
        (method, arguments, result) -> {
          if (method.getName().startsWith("set") && arguments.length == 2) {
            calls.add(new Call(method, arguments));
          }
          return result;
        });
  }

  /** Returns the plan for the values that were set. */
  List<String> planForValues(Recorded statement) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement explain = connection.prepareStatement("EXPLAIN " + statement.sql())) {
      for (Call call : statement.parameters()) {
        invoke(call.method(), explain, call.arguments());
      }
      return lines(explain::executeQuery);
    }
  }

  /** Returns the plan for any values, which the server may take after some executions. */
  List<String> planForAnyValues(Recorded statement) throws SQLException {
    int parameters = statement.parameters().size();
    try (Connection connection = dataSource.getConnection();
        Statement session = connection.createStatement()) {
      connection.setAutoCommit(false);
      session.execute("SET LOCAL plan_cache_mode = force_generic_plan");
      session.execute("PREPARE recorded AS " + numbered(statement.sql()));
      String values = String.join(", ", Collections.nCopies(parameters, "NULL"));
      List<String> plan =
          lines(
              () ->
                  session.executeQuery(
                      "EXPLAIN EXECUTE recorded" + (parameters == 0 ? "" : "(" + values + ")")));
      session.execute("DEALLOCATE recorded");
      connection.rollback();
      connection.setAutoCommit(true);
      return plan;
    }
  }

  private static String numbered(String sql) {
    StringBuilder numbered = new StringBuilder();
    int number = 0;
    for (char character : sql.toCharArray()) {
      numbered.append(character == '?' ? "$" + ++number : String.valueOf(character));
    }
    return numbered.toString();
  }

  private interface Query {
    ResultSet run() throws SQLException;
  }

  private static List<String> lines(Query query) throws SQLException {
    try (ResultSet rows = query.run()) {
      List<String> lines = new ArrayList<>();
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
      return lines;
    }
  }

  private interface Result {
    Object of(Method method, Object[] arguments, Object result);
  }

  private static <T> T proxy(Class<T> type, T target, Result result) {
    InvocationHandler handler =
        (proxy, method, arguments) ->
            result.of(
                method,
                arguments == null ? new Object[0] : arguments,
                invoke(method, target, arguments));
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object invoke(Method method, Object target, Object[] arguments)
      throws SQLException {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException failure) {
      if (failure.getTargetException() instanceof SQLException sql) {
        throw sql;
      }
      throw new IllegalStateException(failure.getTargetException());
    } catch (IllegalAccessException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
