package com.cruddur.db.json;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Makes texts from a seed, which {@code -Dsql.seed} sets. Each failure shows it, so that it can be
 * repeated.
 */
final class RandomSql {

  /** Each begins or ends something: most texts of these alone are refused. */
  private static final List<String> HALVES =
      List.of(
          "'",
          "\"",
          "\\",
          "\\'",
          "E'",
          "e'",
          "U&'",
          "n'",
          "$$",
          "$a$",
          "$é$",
          "/*",
          "*/",
          "/*/",
          "--",
          "(",
          ")",
          "[",
          "]",
          "array[",
          "{fn now()}",
          "{d '",
          ";",
          "drop table canary");

  private static final List<String> WHOLES =
      List.of(
          " ",
          " ",
          "\n",
          "\r",
          "\t",
          "''",
          "'a'",
          "\"\"",
          "\"b?\"",
          "E'c\\''",
          "e''''",
          "U&'\\003f'",
          "$$?$$",
          "$a$;$a$",
          "a$b",
          "x$",
          "/**/",
          "/*/?*/",
          "/*/*/;*/*/",
          "--;\n",
          "/",
          "*",
          "-",
          "?",
          "??",
          "?|",
          "@?",
          "||",
          "=",
          ":a",
          ":b",
          ":",
          "::",
          "::text",
          ":=",
          "(1)",
          "[1]",
          "[x:y]",
          ",",
          ".",
          "1",
          "1e",
          "0",
          "x",
          "e",
          "é",
          "select",
          "null",
          "in");

  private final long seed;
  private final RandomGenerator random;

  private RandomSql(long seed) {
    this.seed = seed;
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  static RandomSql create() {
    return new RandomSql(Long.getLong("sql.seed", System.nanoTime()));
  }

  String seed() {
    return "-Dsql.seed=" + seed;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /** Returns a text that begins like this and goes on with anything. */
  String startingWith(String start) {
    StringBuilder text = new StringBuilder(start);
    for (int i = below(12); i >= 0; i--) {
      text.append(piece());
    }
    return text.toString();
  }

  /** Returns content for a string or a value: anything that can be sent. */
  String content() {
    StringBuilder content = new StringBuilder();
    for (int i = below(7); i > 0; i--) {
      content.append(below(4) == 0 ? character() : piece());
    }
    return content.toString();
  }

  private String piece() {
    return oneOf(below(6) == 0 ? HALVES : WHOLES);
  }

  private String character() {
    int codePoint = 1 + below(below(2) == 0 ? 0x7F : Character.MAX_CODE_POINT);
    boolean surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
    return surrogate ? "→" : Character.toString(codePoint);
  }

  <T> List<T> several(int most, Supplier<T> maker) {
    List<T> made = new ArrayList<>();
    for (int i = below(most); i >= 0; i--) {
      made.add(maker.get());
    }
    return made;
  }
}
