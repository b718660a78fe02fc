package com.cruddur.db.testkit;

import static com.cruddur.db.schema.Tables.ACTIVITIES;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.activities.FeedRequest;
import com.cruddur.db.activities.Ttl;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.DSLContext;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@CruddurTest
@Execution(ExecutionMode.CONCURRENT)
class CruddurTestTest {

  private static final Set<String> DATABASES = ConcurrentHashMap.newKeySet();

  @Test
  void hidesExpired(CruddurDb db, SeedData seed) {
    seed.user("alice").activity("new", Ttl.ONE_HOUR).expiredActivity("old");
    assertThat(db.activities().home(FeedRequest.first(10)).jsonText())
        .contains("\"new\"", "alice", "This was imported as seed data!")
        .doesNotContain("\"old\"");
  }

  @RepeatedTest(8)
  void neverSeesTheRowsOfAnotherTest(TestDatabase database, DSLContext dsl, SeedData seed) {
    assertThat(DATABASES.add(database.name())).isTrue();
    assertThat(dsl.fetchCount(ACTIVITIES)).isEqualTo(1);
    seed.user("bob").activity("mine");
    assertThat(dsl.fetchCount(ACTIVITIES)).isEqualTo(2);
  }

  @Test
  void knowsTheSeed(SeedData seed) {
    assertThat(seed.andrew().handle()).isEqualTo("andrewbrown");
    assertThat(seed.bayko().cognitoUserId()).isEqualTo("MOCK");
    assertThat(seed.firstActivity()).isNotNull();
  }
}
