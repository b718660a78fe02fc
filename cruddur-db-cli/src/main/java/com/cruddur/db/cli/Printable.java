package com.cruddur.db.cli;

import java.util.regex.Pattern;

/** Makes names of others fit to be shown: a program may call its session what it likes. */
final class Printable {

  /** Control and format characters: line breaks, escape sequences, changes of direction. */
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");

  /** What the server, the library or the shell may quote of an address. */
  private static final Pattern URL = Pattern.compile("(?is)(jdbc:)?postgres(ql)?:.*");

  private Printable() {}

  static String of(String text) {
    return UNSEEN.matcher(text).replaceAll("\ufffd");
  }

  /** Cuts off an address, and what follows it: it may hold a password. */
  static String withoutUrl(String text) {
    return URL.matcher(text).replaceAll("(a connection URL)");
  }

  /** Returns a text as one word of a shell. */
  static String quoted(String text) {
    return text.matches("[\\w.,:/@%+=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** Returns a count with its noun, such as {@code 2 rows}. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
