package com.cruddur.db.internal;

import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a query is called where queries are watched, and how its answer is counted.
 *
 * @param name one of few, such as {@code activities.home}
 * @param operation what it does, such as {@code SELECT}
 * @param length counts rows or elements
 * @param <T> the answer
 */
public record NamedQuery<T extends @Nullable Object>(
    String name, String operation, ToLongFunction<? super T> length) {

  /** Names a query whose answer counts as one. */
  public static <T> NamedQuery<T> one(String name, String operation) {
    return new NamedQuery<>(name, operation, answer -> 1);
  }

  /** Names a query that finds one or nothing. */
  public static <T> NamedQuery<Optional<T>> optional(String name) {
    return new NamedQuery<>(name, "SELECT", answer -> answer.isPresent() ? 1 : 0);
  }

  /** Returns the first word of a statement in capitals, which tells what it does. */
  public static String operation(String sql) {
    int start = 0;
    while (start < sql.length() && !Character.isLetter(sql.charAt(start))) {
      start++;
    }
    int end = start;
    while (end < sql.length() && Character.isLetter(sql.charAt(end))) {
      end++;
    }
    return sql.substring(start, end).toUpperCase(java.util.Locale.ROOT);
  }
}
