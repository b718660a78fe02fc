package com.cruddur.db.testkit;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Decides whether the database of a failed test lives on, and says what becomes of it. */
final class Keeping {

  static final String SETTING = "keep";

  /** Each is a copy of the template, in memory as a rule: a run with a thousand failures fits. */
  static final int MOST = 10;

  private static final String ON_FAILURE = "on-failure";
  private static final AtomicInteger KEPT = new AtomicInteger();

  /** Tests of this class do not wait so long. */
  static volatile Duration time = Duration.ofMinutes(15);

  private final boolean wanted;
  private final boolean ci;

  private Keeping(boolean wanted, boolean ci) {
    this.wanted = wanted;
    this.ci = ci;
  }

  /** Reads the setting. On a build server nobody will look: it is ignored where CI is set. */
  static Keeping of(Optional<String> setting, Map<String, String> environment) {
    if (setting.filter(value -> !value.equals(ON_FAILURE) && !value.equals("never")).isPresent()) {
      throw new IllegalArgumentException(
          "cruddur.testkit.keep is \"%s\". Set it to on-failure or never, which is the default."
              .formatted(setting.get()));
    }
    String ci = environment.getOrDefault("CI", "");
    return new Keeping(
        setting.filter(ON_FAILURE::equals).isPresent(), !ci.isEmpty() && !ci.equals("false"));
  }

  /** Returns whether one more database is to be kept, and counts it. */
  boolean oneMore() {
    return wanted && !ci && KEPT.getAndIncrement() < MOST;
  }

  /** Says what becomes of a database. */
  String fate(boolean kept) {
    if (kept) {
      return "is kept for " + minutes();
    }
    if (!wanted) {
      return "is dropped now; -Dcruddur.testkit.keep=on-failure keeps it for " + minutes();
    }
    return "is dropped now: " + (ci ? "CI is set" : MOST + " of this run are kept already");
  }

  private static String minutes() {
    return time.toMinutes() + " minutes";
  }
}
