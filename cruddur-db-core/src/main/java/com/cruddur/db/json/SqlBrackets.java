package com.cruddur.db.json;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The brackets that are open at a place of a text. Used by one thread, for one text. */
final class SqlBrackets {

  private final SqlSource source;
  private final Deque<Bracket> open = new ArrayDeque<>();

  SqlBrackets(SqlSource source) {
    this.source = source;
  }

  /**
   * Notes an opening bracket, given the two significant pieces before it: those tell a subscript
   * from {@code array[…]}, where a colon begins a parameter.
   */
  void open(SqlToken token, @Nullable SqlToken previous, @Nullable SqlToken beforePrevious) {
    boolean subscript = token.is("[") && !isConstructor(previous, beforePrevious);
    open.push(new Bracket(token, subscript));
  }

  private boolean isConstructor(@Nullable SqlToken previous, @Nullable SqlToken beforePrevious) {
    if (previous == null) {
      return false;
    }
    // After a dot, a reserved word is the name of a column.
    boolean afterDot = beforePrevious != null && beforePrevious.is(".");
    if (previous.isWord("array") && !afterDot) {
      return true;
    }
    Bracket outer = open.peek();
    boolean inConstructor = outer != null && outer.token.is("[") && !outer.subscript;
    return inConstructor && (previous.is("[") || previous.is(","));
  }

  void close(SqlToken token) {
    Bracket bracket = open.poll();
    if (bracket == null || !token.is(bracket.token.is("(") ? ")" : "]")) {
      throw source.error(token.position(), SqlProblems.unopened(token.text()));
    }
  }

  /** Returns whether a colon here separates the bounds of a slice: the first in a subscript. */
  boolean takesSlice() {
    Bracket innermost = open.peek();
    if (innermost == null || !innermost.subscript || innermost.sliced) {
      return false;
    }
    innermost.sliced = true;
    return true;
  }

  /** Returns whether a semicolon here is part of the statement, as in {@code DO ALSO (…; …)}. */
  boolean inParentheses() {
    return open.stream().anyMatch(bracket -> bracket.token.is("("));
  }

  void requireAllClosed() {
    Bracket innermost = open.peek();
    if (innermost != null) {
      SqlToken token = innermost.token;
      throw source.error(token.position(), SqlProblems.unclosed(token.text()));
    }
  }

  private static final class Bracket {
    private final SqlToken token;
    private final boolean subscript;
    private boolean sliced;

    Bracket(SqlToken token, boolean subscript) {
      this.token = token;
      this.subscript = subscript;
    }
  }
}
