package com.cruddur.db.activities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.db.InvalidInputException;
import com.cruddur.db.internal.CursorText;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FeedCursorTest {

  private final Random random = new Random(20_261_124);

  @Test
  void survivesBeingText() {
    for (int i = 0; i < 1_000; i++) {
      FeedCursor cursor = randomCursor();
      assertThat(FeedCursor.parse(cursor.toString())).isEqualTo(cursor);
      assertThat(cursor.toString()).matches("[A-Za-z0-9_-]{39}");
    }
  }

  @Test
  void refusesATextWithOneCharacterChanged() {
    for (int i = 0; i < 1_000; i++) {
      StringBuilder text = new StringBuilder(randomCursor().toString());
      int place = random.nextInt(text.length() - 1);
      text.setCharAt(place, text.charAt(place) == 'A' ? 'B' : 'A');
      assertInvalid(text.toString());
    }
  }

  @Test
  void refusesWhatIsNoCursor() {
    assertInvalid(null);
    assertInvalid("");
    assertInvalid("2026-11-23");
    assertInvalid("A".repeat(39));
    assertInvalid("'; DROP TABLE users");
  }

  @Test
  void refusesATimeThatPostgresDoesNotHave() {
    for (long micros : new long[] {Long.MIN_VALUE + 1, -300_000_000_000_000_000L}) {
      ByteBuffer content = ByteBuffer.allocate(24).putLong(micros).putLong(1).putLong(2);
      assertInvalid(CursorText.write((byte) 1, content));
    }
    for (Instant time : List.of(Instant.MIN.plusNanos(1), Instant.MAX.minusNanos(1))) {
      assertThatThrownBy(() -> FeedCursor.after(time, new UUID(1, 2)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("4713 BC");
    }
  }

  @Test
  void holdsTheInfinityOfATime() {
    for (Instant time : List.of(Instant.MIN, Instant.MAX)) {
      FeedCursor cursor = FeedCursor.after(time, new UUID(1, 2));
      assertThat(cursor.createdAt()).isEqualTo(time);
      assertThat(FeedCursor.parse(cursor.toString())).isEqualTo(cursor);
    }
  }

  private FeedCursor randomCursor() {
    Instant moment = Instant.ofEpochSecond(random.nextLong(-4_000_000_000L, 9_000_000_000L));
    return FeedCursor.after(
        moment.plusNanos(1_000L * random.nextInt(1_000_000)),
        new UUID(random.nextLong(), random.nextLong()));
  }

  private static void assertInvalid(String text) {
    assertThatThrownBy(() -> FeedCursor.parse(text))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            refusal -> assertThat(refusal.code()).isEqualTo("cursor_invalid"));
  }
}
