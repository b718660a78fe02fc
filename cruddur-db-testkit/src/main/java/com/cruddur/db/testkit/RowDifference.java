package com.cruddur.db.testkit;

import java.util.ArrayList;
import java.util.List;

/** Compares rows with those expected, and shows them one a line, with a mark at what differs. */
final class RowDifference {

  private static final String SAME = "    ";
  private static final String MISSING = "  - ";
  private static final String UNEXPECTED = "  + ";

  private final List<String> lines = new ArrayList<>();
  private final int actual;
  private final int expected;
  private boolean differs;

  private RowDifference(int actual, int expected) {
    this.actual = actual;
    this.expected = expected;
  }

  /** Compares them as they come: the longest sequence that both have in common is the same. */
  static RowDifference inOrder(List<String> actual, List<String> expected) {
    RowDifference difference = new RowDifference(actual.size(), expected.size());
    int[][] common = common(actual, expected);
    int row = 0;
    int wanted = 0;
    while (row < actual.size() || wanted < expected.size()) {
      boolean same =
          row < actual.size()
              && wanted < expected.size()
              && actual.get(row).equals(expected.get(wanted));
      if (same) {
        difference.line(SAME, actual.get(row++));
        wanted++;
      } else if (wanted < expected.size()
          && (row == actual.size() || common[row][wanted + 1] >= common[row + 1][wanted])) {
        difference.line(MISSING, expected.get(wanted++));
      } else {
        difference.line(UNEXPECTED, actual.get(row++));
      }
    }
    return difference;
  }

  /** Compares them whatever their order; each counts as often as it occurs. */
  static RowDifference inAnyOrder(List<String> actual, List<String> expected) {
    RowDifference difference = new RowDifference(actual.size(), expected.size());
    List<String> missing = new ArrayList<>(expected);
    for (String row : actual) {
      difference.line(missing.remove(row) ? SAME : UNEXPECTED, row);
    }
    missing.forEach(row -> difference.line(MISSING, row));
    return difference;
  }

  /** Returns, for each pair of beginnings, how much of what follows can be the same. */
  private static int[][] common(List<String> actual, List<String> expected) {
    int[][] common = new int[actual.size() + 1][expected.size() + 1];
    for (int row = actual.size() - 1; row >= 0; row--) {
      for (int wanted = expected.size() - 1; wanted >= 0; wanted--) {
        common[row][wanted] =
            actual.get(row).equals(expected.get(wanted))
                ? common[row + 1][wanted + 1] + 1
                : Math.max(common[row + 1][wanted], common[row][wanted + 1]);
      }
    }
    return common;
  }

  private void line(String mark, String row) {
    lines.add(mark + row);
    differs |= !mark.equals(SAME);
  }

  void failUnlessEmpty(String what) {
    if (differs) {
      throw new AssertionError(
          "Expected %d %s and found %d (- is missing, + was not expected):%n%s"
              .formatted(expected, what, actual, String.join(System.lineSeparator(), lines)));
    }
  }
}
