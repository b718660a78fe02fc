package com.cruddur.db.testkit;

/**
 * Numbers that follow from a first one: SplitMix64 of Steele, Lea and Flood, written down here so
 * that they are the same in every version of Java.
 */
final class NumberSequence {

  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1.0p-53;

  private long state;

  NumberSequence(long first) {
    this.state = first;
  }

  long next() {
    state += GAMMA;
    long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** Returns 0 or more, and less than the bound. */
  int below(int bound) {
    return (int) (((next() >>> 33) * bound) >>> 31);
  }

  /** Returns 0 or more, and less than 1. */
  double fraction() {
    return (next() >>> 11) * UNIT;
  }

  long[] longs(int count) {
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = next();
    }
    return numbers;
  }
}
