package com.cruddur.db.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Notes the statements that are prepared, without what may be a value in them. */
final class StatementTexts {

  /** Constants: with escapes, plain, in dollars, and numbers (PostgreSQL manual, "Constants"). */
  private static final Pattern CONSTANT =
      Pattern.compile(
          "\\b[eE]'(?:[^'\\\\]|''|\\\\.)*'|'(?:[^']|'')*'|\\$(\\w*)\\$.*?\\$\\1\\$"
              + "|(?<![\\w$\"])\\d[\\w.]*",
          Pattern.DOTALL);

  private static final Pattern SPACE = Pattern.compile("\\s+");

  private final List<String> texts = new ArrayList<>();

  boolean isEmpty() {
    return texts.isEmpty();
  }

  void add(String sql) {
    texts.add(SPACE.matcher(CONSTANT.matcher(sql).replaceAll("…")).replaceAll(" ").strip());
  }

  Connection through(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            StatementTexts.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("prepareStatement")) {
                add((String) arguments[0]);
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException failure) {
                throw failure.getTargetException();
              }
            });
  }

  @Override
  public String toString() {
    return String.join("; ", texts);
  }
}
