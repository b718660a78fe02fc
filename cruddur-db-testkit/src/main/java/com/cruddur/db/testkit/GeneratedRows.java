package com.cruddur.db.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The rows that follow from a number, in the order in which they are copied. Used once. */
final class GeneratedRows {

  private static final String USERS =
      "COPY public.users (uuid, display_name, handle, cognito_user_id, email, bio) FROM STDIN";
  private static final String ACTIVITIES =
      """
      COPY public.activities (uuid, user_uuid, message, reposts_count, likes_count, \
      reply_to_activity_uuid, expires_at, created_at) FROM STDIN\
      """;

  private static final Duration PERIOD = Duration.ofDays(30);
  private static final int MICROS_IN_SECOND = 1_000_000;
  private static final int MOST_WORDS = 24;

  /** Replies go to one of the last so many. */
  private static final int REMEMBERED = 1024;

  private final long number;
  private final NumberSequence random;
  private final long[] users;
  private final long[] answerable = new long[2 * REMEMBERED];
  private final Instant end;
  private int answerables;

  GeneratedRows(long number, int users, Instant end) {
    this.number = number;
    this.random = new NumberSequence(number);
    this.users = random.longs(2 * users);
    this.end = end.truncatedTo(ChronoUnit.MICROS);
  }

  void copyUsers(Connection connection) throws SQLException {
    try (CopyRows rows = CopyRows.begin(connection, USERS)) {
      for (int user = 0; user < users.length / 2; user++) {
        String name = Words.name(random) + " " + Words.name(random);
        String handle = "g" + Long.toHexString(number) + "_" + user;
        rows.uuid(users[2 * user], users[2 * user + 1]).text(name).text(handle);
        rows.text("generated-" + handle).text(handle + "@example.com");
        rows.text(Words.sentence(random, MOST_WORDS)).endRow();
      }
      rows.end();
    }
  }

  void copyActivities(Connection connection, int count, double replies, double expired)
      throws SQLException {
    try (CopyRows rows = CopyRows.begin(connection, ACTIVITIES)) {
      for (int i = 0; i < count; i++) {
        boolean reply = answerables > 0 && random.fraction() < replies;
        addActivity(rows, created(i, count), reply, expired);
      }
      rows.end();
    }
  }

  private void addActivity(CopyRows rows, Instant created, boolean reply, double expired)
      throws SQLException {
    long high = random.next();
    long low = random.next();
    int user = random.below(users.length / 2);
    rows.uuid(high, low).uuid(users[2 * user], users[2 * user + 1]);
    rows.text(Words.sentence(random, MOST_WORDS)).number(counter()).number(counter());
    if (reply) {
      int parent = random.below(Math.min(answerables, REMEMBERED));
      rows.uuid(answerable[2 * parent], answerable[2 * parent + 1]).nothing();
    } else {
      boolean alive = random.fraction() >= expired;
      rows.nothing()
          .time(alive ? later(end, PERIOD) : later(created, Duration.between(created, end)));
      if (alive) {
        remember(high, low);
      }
    }
    rows.time(created).endRow();
  }

  private void remember(long high, long low) {
    int place = answerables % REMEMBERED;
    answerable[2 * place] = high;
    answerable[2 * place + 1] = low;
    answerables++;
  }

  /** Spreads them evenly over the period, the last at its end. */
  private Instant created(int index, int count) {
    long micros = PERIOD.toSeconds() * MICROS_IN_SECOND;
    return end.minus((long) ((count - 1 - index) * (double) micros / count), ChronoUnit.MICROS);
  }

  /** Few have many, most have few or none. */
  private int counter() {
    return (int) (1.5 / (random.fraction() + 0.001)) - 1;
  }

  /** Returns a time after the start and not after what is added. */
  private Instant later(Instant start, Duration most) {
    long micros = most.toNanos() / 1_000;
    return start.plus(1 + (long) (random.fraction() * (micros - 1)), ChronoUnit.MICROS);
  }
}
