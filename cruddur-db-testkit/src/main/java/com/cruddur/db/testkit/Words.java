package com.cruddur.db.testkit;

import java.util.Locale;

/**
 * Texts as people might write them: short and long ones, rare and frequent words, all alphabets.
 */
final class Words {

  /** The first are the most frequent. */
  private static final String[] WORDS =
      """
      the and to of a in is it you that for on this was with have so at but not my just all be \
      today what we good time like from new day one love about now see out go when can more know \
      get no think up there here work people really some how back great last night first need \
      coffee train rain morning cloud code release tests database queries index latency café \
      naïve Zürich smörgåsbord привет мир 你好 世界 🙂 🚀 deploy weekend music photo garden \
      bread river mountain friend question answer idea moment sunset window story voice road \
      light winter summer answer's "quoted" back\\slash 100% #cruddur @andrewbrown\
      """
          .split(" ");

  private static final String[] SYLLABLES =
      "an dre ba ko lon do mi ra su ne ta lia bro wn ka el jo ri ve sa".split(" ");

  private Words() {}

  /** Returns 1 to so many words. */
  static String sentence(NumberSequence random, int most) {
    int count = 1 + random.below(most);
    StringBuilder text = new StringBuilder(count * 6);
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        text.append(' ');
      }
      // Squared, so that the words at the beginning come more often.
      double place = random.fraction();
      text.append(WORDS[(int) (place * place * WORDS.length)]);
    }
    return text.toString();
  }

  static String name(NumberSequence random) {
    String first = SYLLABLES[random.below(SYLLABLES.length)];
    String rest = SYLLABLES[random.below(SYLLABLES.length)];
    return first.substring(0, 1).toUpperCase(Locale.ROOT) + first.substring(1) + rest;
  }
}
