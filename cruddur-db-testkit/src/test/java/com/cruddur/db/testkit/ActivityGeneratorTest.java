package com.cruddur.db.testkit;

import static com.cruddur.db.schema.Tables.ACTIVITIES;
import static com.cruddur.db.schema.Tables.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.fail;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.activities.FeedRequest;
import java.time.OffsetDateTime;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Result;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@CruddurTest(seed = {})
@Isolated // catches standard error
class ActivityGeneratorTest {

  private static final OffsetDateTime END = OffsetDateTime.parse("2026-01-31T00:00:00Z");

  @Test
  void fillsADatabase(CruddurDb db) {
    // @start region="generator"
    ActivityGenerator.of(4711).users(50).replies(0.2).expired(0.1).load(db, 10_000);
    // @end
    DSLContext dsl = db.dsl();
    assertThat(dsl.fetchCount(USERS)).isEqualTo(50);
    assertThat(dsl.fetchCount(ACTIVITIES)).isEqualTo(10_000);
    int replies = dsl.fetchCount(ACTIVITIES, ACTIVITIES.REPLY_TO_ACTIVITY_UUID.isNotNull());
    assertThat(replies).isBetween(1_800, 2_200);
    assertThat(dsl.fetchCount(ACTIVITIES, ACTIVITIES.EXPIRES_AT.le(DSL.currentOffsetDateTime())))
        .isBetween(650, 950);
    assertThat(dsl.fetchValue("SELECT sum(replies_count) FROM activities"))
        .isEqualTo((long) replies);
    assertThat(
            dsl.fetchValue(
                "SELECT count(*) FROM activities WHERE created_at > now()"
                    + " OR created_at < now() - interval '31 days'"))
        .isEqualTo(0L);
    assertThat(db.activities().home(FeedRequest.first(20)).rows()).isEqualTo(20);
  }

  @Test
  void makesTheSameOfTheSameNumber(CruddurDb db) {
    ActivityGenerator generator = ActivityGenerator.of(7).replies(0.3).expired(0.3).until(END);
    List<Result<?>> first = load(generator);
    assertThat(load(generator)).isEqualTo(first);
    assertThat(load(ActivityGenerator.of(8).replies(0.3).expired(0.3).until(END)))
        .isNotEqualTo(first);
    generator.load(db, 1);
    assertThat(db.dsl().fetchSingle(ACTIVITIES).getCreatedAt()).isEqualTo(END);
  }

  @Test
  void isOfANewNumberInEachTest(ActivityGenerator generator, ActivityGenerator same) {
    assertThat(same).isSameAs(generator);
    assertThat(generator.number()).isNotEqualTo(numberOfAFailingTest());
  }

  @Test
  void refusesWhatIsOutOfBounds(CruddurDb db) {
    ActivityGenerator generator = ActivityGenerator.of(1);
    assertThatThrownBy(() -> generator.users(0)).hasMessageContaining("not 0");
    assertThatThrownBy(() -> generator.replies(1.1)).hasMessageContaining("not 1.1");
    assertThatThrownBy(() -> generator.expired(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> generator.load(db, -1)).hasMessageContaining("-1");
    generator.load(db, 0);
    assertThatThrownBy(() -> generator.load(db, 0))
        .isInstanceOf(DataAccessException.class)
        .rootCause()
        .hasMessageContaining("users_pkey");
  }

  private static long numberOfAFailingTest() {
    String output = Output.during(() -> InnerTests.run(Failing.class));
    assertThat(output).contains("-Dcruddur.testkit.number=");
    return Long.parseLong(output.replaceAll("(?s).*testkit.number=(\\d+).*", "$1"));
  }

  private static List<Result<?>> load(ActivityGenerator generator) {
    try (TestDatabase database = TestDatabase.create(List.of());
        CruddurDb db = database.open()) {
      generator.load(db, 1_000);
      return List.of(
          db.dsl()
              .select(USERS.UUID, USERS.HANDLE, USERS.DISPLAY_NAME, USERS.EMAIL, USERS.BIO)
              .from(USERS)
              .orderBy(USERS.UUID)
              .fetch(),
          db.dsl().selectFrom(ACTIVITIES).orderBy(ACTIVITIES.UUID).fetch());
    }
  }

  @CruddurTest
  static class Failing {
    @Test
    void fails(ActivityGenerator generator) {
      fail("with the number " + generator.number());
    }
  }
}
