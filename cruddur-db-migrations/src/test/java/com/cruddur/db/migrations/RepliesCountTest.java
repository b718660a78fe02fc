package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepliesCountTest {

  private static final String WRONG =
      """
      SELECT count(*) FROM activities a
      WHERE replies_count <> (SELECT count(*) FROM activities r WHERE r.reply_to_activity_uuid = a.uuid)""";

  private Postgres database;

  @BeforeEach
  void makeThread() {
    database = Postgres.migrated();
    database.run(
        """
        INSERT INTO users (uuid, display_name, handle, cognito_user_id) VALUES ('%1$s', 'a', 'a', 'MOCK');
        INSERT INTO activities (uuid, user_uuid, message) VALUES ('%2$s', '%1$s', 'first'), ('%3$s', '%1$s', 'second')"""
            .formatted(HandMade.ANDREW, HandMade.POST, HandMade.REPLY));
    reply(HandMade.POST, 3);
  }

  private void reply(String parent, int times) {
    database.run(
        "INSERT INTO activities (user_uuid, message, reply_to_activity_uuid) SELECT '%s', 'reply ' || i, '%s' FROM generate_series(1, %d) i"
            .formatted(HandMade.ANDREW, parent, times));
  }

  private long repliesOf(String parent) {
    return database.number("SELECT replies_count FROM activities WHERE uuid = '" + parent + "'");
  }

  @Test
  void risesWithEachReply() {
    assertThat(repliesOf(HandMade.POST)).isEqualTo(3);
    assertThat(repliesOf(HandMade.REPLY)).isZero();
  }

  @Test
  void fallsWithEachDeletion() {
    database.run("DELETE FROM activities WHERE message IN ('reply 1', 'reply 2')");
    assertThat(repliesOf(HandMade.POST)).isEqualTo(1);
  }

  @Test
  void followsAReplyThatMoves() {
    database.run(
        "UPDATE activities SET reply_to_activity_uuid = '%s' WHERE message = 'reply 1'"
            .formatted(HandMade.REPLY));
    assertThat(repliesOf(HandMade.POST)).isEqualTo(2);
    assertThat(repliesOf(HandMade.REPLY)).isEqualTo(1);
  }

  @Test
  void letsAnActivityGoWithItsRepliesInOneStatement() {
    database.run(
        "DELETE FROM activities WHERE '%1$s' IN (uuid, reply_to_activity_uuid)"
            .formatted(HandMade.POST));
    assertThat(database.list("SELECT message FROM activities")).containsExactly("second");
  }

  @Test
  void goesBackWithTheTransaction() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("DELETE FROM activities WHERE message = 'reply 1'");
      connection.rollback();
    }
    assertThat(repliesOf(HandMade.POST)).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE activities SET replies_count = replies_count + 1",
        "INSERT INTO activities (user_uuid, message, replies_count) SELECT user_uuid, 'x', 1 FROM activities",
        "WITH reply AS (INSERT INTO activities (user_uuid, message, reply_to_activity_uuid) SELECT user_uuid, 'x', uuid FROM activities WHERE message = 'first' RETURNING reply_to_activity_uuid)"
            + " UPDATE activities SET replies_count = replies_count + 1 FROM reply WHERE uuid = reply.reply_to_activity_uuid"
      })
  void cannotBeWrittenByHand(String statement) {
    assertThatThrownBy(() -> database.run(statement))
        .hasMessageContaining("replies_count is kept by the database: leave it out");
    assertThat(database.number(WRONG)).isZero();
  }

  @Test
  void doesNotStopADeletionWhereItWasWrongBeforeItWasKept() {
    database.run(
        "ALTER TABLE activities DISABLE TRIGGER USER; UPDATE activities SET replies_count = 0; ALTER TABLE activities ENABLE TRIGGER USER");
    database.run("DELETE FROM activities WHERE message LIKE 'reply%'");
    assertThat(repliesOf(HandMade.POST)).isZero();
  }

  @Test
  void staysRightUnderWorkersWhoReplyAndDeleteInBatches() throws Exception {
    List<Callable<Integer>> workers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Random random = new Random(i);
      workers.add(() -> work(random));
    }
    int deadlocks = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(workers.size())) {
      for (Future<Integer> worker : threads.invokeAll(workers)) {
        deadlocks += worker.get();
      }
    }
    assertThat(deadlocks).isZero();
    assertThat(database.number(WRONG)).isZero();
  }

  /**
   * Replies to one of two activities, or deletes some replies of both; returns how often it failed.
   */
  private int work(Random random) throws SQLException {
    int failures = 0;
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < 100; i++) {
        String parent = random.nextBoolean() ? HandMade.POST : HandMade.REPLY;
        try {
          statement.execute(
              random.nextInt(3) > 0
                  ? "INSERT INTO activities (user_uuid, message, reply_to_activity_uuid) VALUES ('%s', 'reply', '%s')"
                      .formatted(HandMade.ANDREW, parent)
                  : "DELETE FROM activities WHERE uuid IN (SELECT uuid FROM activities WHERE reply_to_activity_uuid IS NOT NULL ORDER BY uuid LIMIT 5 FOR UPDATE SKIP LOCKED)");
        } catch (SQLException failure) {
          failures++;
        }
      }
    }
    return failures;
  }
}
