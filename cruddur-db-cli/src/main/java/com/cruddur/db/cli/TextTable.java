package com.cruddur.db.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lays out rows in columns, the widest of them cut where the terminal is narrower. */
final class TextTable {

  private static final int GAP = 2;
  private static final int LEAST = 4;

  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... headings) {
    rows.add(List.of(headings));
  }

  void add(List<String> cells) {
    rows.add(cells.stream().map(Printable::of).toList());
  }

  /** Returns the lines, each at most so many code points wide. */
  List<String> lines(int width) {
    int[] widths = fit(widths(), width);
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private int[] widths() {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], length(row.get(i)));
      }
    }
    return widths;
  }

  /** Takes a character from the widest column as long as the line is too long. */
  private static int[] fit(int[] widths, int width) {
    long total = Arrays.stream(widths).asLongStream().sum() + (long) GAP * (widths.length - 1);
    for (; total > width; total--) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= LEAST) {
        break;
      }
      widths[widest]--;
    }
    return widths;
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cut(row.get(i), widths[i]);
      line.append(cell).append(" ".repeat(widths[i] - length(cell) + GAP));
    }
    return line.toString().stripTrailing();
  }

  private static String cut(String text, int width) {
    return length(text) <= width
        ? text
        : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
