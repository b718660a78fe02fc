package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The queries of the DAOs, reduced to what chooses the index. */
class IndexUseTest {

  private static Postgres database;

  @BeforeAll
  static void populate() {
    database = Postgres.migrated();
    database.run(
        """
        INSERT INTO users (display_name, handle, cognito_user_id)
          SELECT 'User ' || i, 'User' || i, CASE WHEN i % 10 = 0 THEN 'MOCK' ELSE 'sub-' || i END FROM generate_series(1, 2000) i;
        INSERT INTO activities (user_uuid, message, created_at, expires_at)
          SELECT uuid, 'message ' || i || ' of ' || handle, now() - i * interval '1 minute',
            CASE i % 2 WHEN 0 THEN now() + i * interval '1 minute' - interval '1 hour' END
          FROM users, generate_series(1, 5) i;
        INSERT INTO activities (user_uuid, message, reply_to_activity_uuid)
          SELECT user_uuid, 'reply', uuid FROM activities LIMIT 1000;
        ANALYZE""");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT * FROM users WHERE lower(handle) = lower('USER7') | users_handle_key
          SELECT * FROM users WHERE cognito_user_id = 'sub-7' AND cognito_user_id <> 'MOCK' | users_cognito_user_id_key
          SELECT * FROM activities WHERE reply_to_activity_uuid IS NULL AND (expires_at IS NULL OR expires_at > now()) ORDER BY created_at DESC, uuid DESC LIMIT 20 | activities_home_feed_idx
          SELECT * FROM activities WHERE reply_to_activity_uuid IS NULL AND (created_at, uuid) < (now() - interval '2 minutes', '80000000-0000-0000-0000-000000000000') ORDER BY created_at DESC, uuid DESC LIMIT 20 | activities_home_feed_idx
          SELECT * FROM activities WHERE user_uuid = (SELECT uuid FROM users LIMIT 1) ORDER BY created_at DESC, uuid DESC LIMIT 40 | activities_user_page_idx
          SELECT * FROM activities WHERE reply_to_activity_uuid = (SELECT uuid FROM users LIMIT 1) ORDER BY created_at, uuid | activities_replies_idx
          SELECT uuid FROM activities WHERE expires_at <= now() - interval '59 minutes' ORDER BY expires_at, uuid LIMIT 100 FOR UPDATE SKIP LOCKED | activities_expiry_idx
          SELECT uuid FROM activities WHERE to_tsvector('simple', message) @@ websearch_to_tsquery('simple', 'user1234') AND reply_to_activity_uuid IS NULL | activities_search_idx
          """)
  void findsTheIndexMadeForTheQuery(String query, String index) {
    assertThat(database.list("EXPLAIN " + query)).anyMatch(line -> line.contains(index));
  }
}
