package com.cruddur.db.activities;

import java.util.regex.Pattern;

/**
 * The words of a search: those that must occur as they are, and the last one, of which the
 * beginning is enough.
 *
 * <p>PostgreSQL keeps some words that are joined by punctuation whole too, such as {@code foo-bar}
 * and addresses. So the beginning of the last word is looked for both as it is and in the parts
 * that PostgreSQL makes of it. Punctuation at its end says that it is complete.
 *
 * @param words what comes before the last word
 * @param last the last word; empty if there is none
 */
record SearchTerm(String words, String last) {

  /** Ends a word; the punctuation that may join two is none. */
  private static final Pattern SEPARATOR =
      Pattern.compile(
          "[\\p{Z}\\p{Cc}\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}\\p{Po}|<>^`&&[^'\u2019&./:@#%?]]");

  /** What PostgreSQL leaves out of an address. */
  private static final Pattern PROTOCOL = Pattern.compile("^[A-Za-z]+://");

  private static final Pattern BLANK = Pattern.compile("[\\p{Z}\\p{Cc}]");
  private static final Pattern PUNCTUATION = Pattern.compile("[\\p{P}\\p{S}]");
  private static final Pattern CHARACTER = Pattern.compile("[\\p{L}\\p{N}]");

  /** Returns the words of a term, which has no special characters. */
  static SearchTerm of(String term) {
    String text = BLANK.matcher(term).replaceAll(" ").strip();
    int end = text.length();
    while (end > 0 && !isSeparator(text, end)) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return new SearchTerm(text.substring(0, end), text.substring(end));
  }

  private static boolean isSeparator(String text, int end) {
    return SEPARATOR.matcher(Character.toString(text.codePointBefore(end))).matches();
  }

  /** Returns the last word as a tsquery without parts, or nothing if it has none. */
  String whole() {
    boolean isJoined = PUNCTUATION.matcher(last).find() && CHARACTER.matcher(last).find();
    String word = PROTOCOL.matcher(last).replaceFirst("");
    return isJoined ? "'" + word.replace("\\", "\\\\").replace("'", "''") + "':*" : "";
  }

  /** Returns what makes the last part of the last word, as a tsquery, a beginning. */
  String rest() {
    int end = last.length();
    boolean isComplete =
        end > 0 && PUNCTUATION.matcher(Character.toString(last.codePointBefore(end))).matches();
    return isComplete ? "" : ":*";
  }
}
