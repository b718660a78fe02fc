package com.cruddur.db.json;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A column of a query, written in one of the ways that SQL has.
 *
 * @param sql an expression
 * @param answer what the expression is, as a text
 * @param parameter the name in the expression that stands for the answer, or null
 */
record RandomColumn(String sql, String answer, @Nullable String parameter) {

  private static final List<String> GAPS =
      List.of(
          " ", "\n", "\t ", "/* ' \" ? :x ; $$ */", "/*/ */", "/* /* ; */ */", "-- ' ? :x ; /*\n");

  static RandomColumn make(RandomSql random, int number) {
    String content = random.content();
    return switch (random.below(8)) {
      case 0 -> constant("'" + content.replace("'", "''") + "'", content);
      case 1 -> constant(continued(random, content), content);
      case 2 -> constant("E'" + escaped(random, content) + "'", content);
      case 3 -> continuedEscaped(random, content, random.content());
      case 4 -> constant("U&'" + unicode(random, content) + "'", content);
      case 5 -> dollarQuoted(random, content);
      case 6 -> new RandomColumn("'{\"a\":1}'::jsonb" + gap(random) + "?'a'", "true", null);
      default -> new RandomColumn(":p" + number, content, "p" + number);
    };
  }

  static String gap(RandomSql random) {
    return random.several(3, () -> random.oneOf(GAPS)).stream().collect(Collectors.joining());
  }

  private static RandomColumn constant(String sql, String answer) {
    return new RandomColumn(sql, answer, null);
  }

  private static String continued(RandomSql random, String content) {
    int middle = content.offsetByCodePoints(0, content.codePointCount(0, content.length()) / 2);
    return ("'" + content.substring(0, middle).replace("'", "''") + "'")
        + random.oneOf(List.of("\n", " -- it's ; ?\n\t", "\r\n--\n"))
        + ("'" + content.substring(middle).replace("'", "''") + "'");
  }

  private static RandomColumn continuedEscaped(RandomSql random, String first, String second) {
    String sql = "E'" + escaped(random, first) + "' -- '\n '" + escaped(random, second) + "'";
    return constant(sql, first + second);
  }

  private static String escaped(RandomSql random, String content) {
    return content.codePoints().mapToObj(c -> escaped(random, c)).collect(Collectors.joining());
  }

  private static String escaped(RandomSql random, int codePoint) {
    String plain = Character.toString(codePoint);
    return switch (plain) {
      case "'" -> random.oneOf(List.of("\\'", "''", "\\x27", "\\047"));
      case "\\" -> random.oneOf(List.of("\\\\", "\\x5c", "\\134"));
      case "\n" -> random.oneOf(List.of("\n", "\\n"));
      default -> random.below(4) == 0 ? "\\U%08X".formatted(codePoint) : plain;
    };
  }

  private static String unicode(RandomSql random, String content) {
    return content
        .codePoints()
        .mapToObj(
            c ->
                switch (c) {
                  case '\'' -> random.oneOf(List.of("''", "\\0027"));
                  case '\\' -> random.oneOf(List.of("\\\\", "\\005C"));
                  default ->
                      random.below(4) == 0
                          ? "\\+" + HexFormat.of().toHexDigits(c, 6)
                          : Character.toString(c);
                })
        .collect(Collectors.joining());
  }

  private static RandomColumn dollarQuoted(RandomSql random, String content) {
    String tag = random.oneOf(List.of("$$", "$a$", "$größe$", "$_1$"));
    String inside = content.replace("$", "");
    return constant(tag + inside + tag, inside);
  }
}
