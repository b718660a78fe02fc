package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class ObstaclesTest {

  private static final String DIRT =
      """
      INSERT INTO public.users (uuid, display_name, handle, cognito_user_id, created_at) VALUES
        ('00000000-0000-0000-0000-0000000000a1', 'Ann', NULL,    'sub-a', '2023-01-01'),
        ('00000000-0000-0000-0000-0000000000a2', 'Ann', 'ann2',  'sub-a', '2023-01-02'),
        ('00000000-0000-0000-0000-0000000000a3', 'Ann', 'ann3',  'sub-a', '2023-01-03'),
        ('00000000-0000-0000-0000-0000000000b1', 'Bob', 'bob',   'sub-b', '2023-01-01'),
        ('00000000-0000-0000-0000-0000000000b2', 'Bob', 'BOB',   'sub-c', '2023-01-02'),
        ('00000000-0000-0000-0000-0000000000b3', 'Bob', 'bob',   'sub-d', '2023-01-03'),
        ('00000000-0000-0000-0000-0000000000c1', NULL,  NULL,    NULL,    '2023-01-01'),
        ('00000000-0000-0000-0000-0000000000c2', NULL,  'carol', '',      '2023-01-01'),
        ('00000000-0000-0000-0000-0000000000c3', 'Cy',  'cy',    '',      '2023-01-01');
      INSERT INTO public.activities (uuid, user_uuid, message, replies_count, likes_count) VALUES
        ('00000000-0000-0000-0000-0000000000d1', '00000000-0000-0000-0000-0000000000a2', 'of a2', NULL, 7),
        ('00000000-0000-0000-0000-0000000000d2', '00000000-0000-0000-0000-0000000000a3', 'of a3', 0, -1),
        ('00000000-0000-0000-0000-0000000000d3', '00000000-0000-0000-0000-00000000dead', 'orphan', 0, 0),
        ('00000000-0000-0000-0000-0000000000d4', '00000000-0000-0000-0000-00000000dead', 'orphan', 0, 0)""";

  @Test
  void listsEachWithCountExamplesAndRemedyAndChangesNothing() {
    Postgres database = dirty(HandMade.ORIGINAL);
    database.run(
        "UPDATE public.activities SET reply_to_activity_uuid = 42 WHERE message = 'of a2'");
    List<String> content = HandMade.contentOf(database);
    List<String> schema = database.schema();

    ObstaclesException refusal = refusal(database);

    assertThat(refusal.obstacles())
        .extracting(Obstacle::fix)
        .containsExactly(
            Fix.MERGE_USERS,
            Fix.FILL_VALUES,
            Fix.RENAME_HANDLES,
            Fix.ADOPT_ORPHANS,
            Fix.CLEAR_REPLY_IDS,
            Fix.RECOUNT);
    assertThat(refusal.obstacles())
        .extracting(Obstacle::count)
        .containsExactly(2L, 4L, 2L, 2L, 1L, 2L);
    assertThat(refusal)
        .hasMessageContaining(
            "2 users have the Cognito id of an older user (such as"
                + " 00000000-0000-0000-0000-0000000000a2, 00000000-0000-0000-0000-0000000000a3):"
                + " Migrations.fixes().mergeUsers()")
        .message()
        .doesNotContainIgnoringCase("bob")
        .doesNotContain("sub-a", "ann2", "of a2");
    assertThat(Migrations.of(database.source()).plan().obstacles()).isEqualTo(refusal.obstacles());
    assertThat(HandMade.contentOf(database)).isEqualTo(content);
    assertThat(database.schema()).isEqualTo(schema);
    assertThat(database.value("SELECT to_regclass('public.flyway_schema_history')")).isNull();
  }

  @Test
  void areResolvedByTheCallsInTheOrderOfTheList() {
    for (HandMade variant : List.of(HandMade.ORIGINAL, HandMade.EMAIL, HandMade.REPLIES_AS_UUID)) {
      Postgres database = dirty(variant);
      Migrations migrations = Migrations.of(database.source());
      for (Obstacle obstacle : refusal(database).obstacles()) {
        FixReport report = migrations.fixes().apply(obstacle.fix());
        assertThat(report.changes()).as(obstacle.toString()).isNotEmpty();
      }
      assertThat(migrations.plan().obstacles()).isEmpty();
      assertThat(migrations.migrate().adopted()).isTrue();
      assertThat(database.schema()).isEqualTo(Postgres.migrated().schema());
      for (Fix fix : Fix.values()) {
        assertThat(migrations.fixes().apply(fix)).hasToString(fix + ": nothing to do");
      }
    }
  }

  /** A restore or a replica role writes past a valid foreign key, which V17 drops all the same. */
  @Test
  void includeOrphansThatAValidForeignKeyDidNotKeepOut() {
    Postgres database = HandMade.FOREIGN_KEY.withRows();
    database.run(
        """
        SET session_replication_role = replica;
        INSERT INTO public.activities (user_uuid, message) VALUES (public.uuid_generate_v4(), 'orphan')""");
    List<String> schema = database.schema();

    assertThat(refusal(database).obstacles())
        .extracting(Obstacle::fix)
        .containsExactly(Fix.ADOPT_ORPHANS);
    assertThat(database.schema()).isEqualTo(schema);

    Migrations.of(database.source()).fixes().adoptOrphans();
    Migrations.of(database.source()).migrate();
    assertThat(database.schema()).isEqualTo(Postgres.migrated().schema());
  }

  /** V8 and V9 make the indexes anew, whatever has their names. */
  @Test
  void includeWhatAnotherIndexOfTheSameNameLetsIn() {
    Postgres database = Postgres.empty();
    TrappedDataSource untilV7 =
        new TrappedDataSource(
            database.source(),
            -8,
            connection -> {
              throw new SQLException("killed");
            });
    assertThatThrownBy(() -> Migrations.of(untilV7).migrate())
        .isInstanceOf(MigrationException.class);
    database.run(
        """
        CREATE INDEX users_handle_key ON public.users (bio);
        INSERT INTO public.users (display_name, handle, cognito_user_id)
          VALUES ('x', 'bob', 'sub-1'), ('x', 'BOB', 'sub-2')""");

    assertThat(refusal(database))
        .hasMessageStartingWith("migrate() changed nothing")
        .extracting(ObstaclesException::obstacles, InstanceOfAssertFactories.list(Obstacle.class))
        .extracting(Obstacle::fix)
        .containsExactly(Fix.RENAME_HANDLES);
  }

  @Test
  void includeRepliesToNothingAndToThemselves() {
    Postgres database = HandMade.REPLIES_AS_UUID.withRows();
    database.run(
        """
        INSERT INTO public.activities (uuid, user_uuid, message, reply_to_activity_uuid) VALUES
          ('00000000-0000-0000-0000-0000000000e1', '%1$s', 'x', '00000000-0000-0000-0000-0000000000ff'),
          ('00000000-0000-0000-0000-0000000000e2', '%1$s', 'x', '00000000-0000-0000-0000-0000000000e2')"""
            .formatted(HandMade.ANDREW));

    assertThat(refusal(database).obstacles())
        .singleElement()
        .satisfies(
            obstacle -> {
              assertThat(obstacle.count()).isEqualTo(2);
              assertThat(obstacle.fix()).isEqualTo(Fix.CLEAR_REPLY_IDS);
            });
    assertThat(Migrations.of(database.source()).fixes().clearReplyIds().changes())
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change).hasToString("2 reply ids cleared");
              assertThat(change.examples())
                  .containsExactly(
                      UUID.fromString("00000000-0000-0000-0000-0000000000e1"),
                      UUID.fromString("00000000-0000-0000-0000-0000000000e2"));
            });
    Migrations.of(database.source()).migrate();
    assertThat(
            database.value(
                "SELECT reply_to_activity_uuid FROM activities WHERE uuid = '"
                    + HandMade.REPLY
                    + "'"))
        .isEqualTo(HandMade.POST);
  }

  @Test
  void includeTheOldestOfEachCircleOfReplies() {
    Postgres database = HandMade.REPLIES_AS_UUID.withRows();
    // a -> b -> a; c -> d -> e -> c; f answers c, g answers f, h is at the end of a sound thread.
    database.run(
        """
        INSERT INTO public.activities (user_uuid, message, created_at, uuid, reply_to_activity_uuid, replies_count)
        SELECT '%1$s', name, timestamp '2023-01-01' + day * interval '1 day',
          ('00000000-0000-0000-0000-0000000000' || name)::uuid,
          CASE parent WHEN 'post' THEN '%2$s' ELSE '00000000-0000-0000-0000-0000000000' || parent END::uuid, replies
        FROM (VALUES ('0a', 2, '0b', 1), ('0b', 1, '0a', 1), ('0c', 3, '0d', 2), ('0d', 2, '0e', 1), ('0e', 2, '0c', 1),
          ('0f', 1, '0c', 1), ('1f', 1, '0f', 0), ('2e', 1, 'post', 1), ('2f', 1, '2e', 0)) AS v (name, day, parent, replies);
        UPDATE public.activities SET replies_count = 2 WHERE uuid = '%2$s'"""
            .formatted(HandMade.ANDREW, HandMade.REPLY));

    assertThat(refusal(database).obstacles())
        .singleElement()
        .satisfies(
            obstacle -> {
              assertThat(obstacle.fix()).isEqualTo(Fix.CLEAR_REPLY_IDS);
              assertThat(obstacle.examples())
                  .containsExactly(
                      UUID.fromString("00000000-0000-0000-0000-00000000000b"),
                      UUID.fromString("00000000-0000-0000-0000-00000000000d"));
            });
    assertThat(Migrations.of(database.source()).fixes().clearReplyIds())
        .hasToString("CLEAR_REPLY_IDS: 2 reply ids cleared");
    Migrations.of(database.source()).migrate();
    assertThat(
            database.list(
                "SELECT message FROM activities WHERE reply_to_activity_uuid IS NULL AND length(message) = 2"
                    + " ORDER BY 1"))
        .containsExactly("0b", "0d");
    assertThat(Migrations.of(database.source()).fixes().clearReplyIds())
        .hasToString("CLEAR_REPLY_IDS: nothing to do");
  }

  @Test
  void areStillToldAfterTheExceptionWasSentElsewhere() throws Exception {
    ObstaclesException refusal = refusal(dirty(HandMade.ORIGINAL));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(refusal);
    ObstaclesException copy =
        (ObstaclesException)
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    assertThat(copy.obstacles()).isNotEmpty().isEqualTo(refusal.obstacles());
    assertThat(copy).hasMessage(refusal.getMessage());
  }

  @Test
  void thatComeInWhileItRunsStopItWithoutLosingAnything() {
    Postgres database = HandMade.ORIGINAL.withRows();
    assertThat(
            refusalWith(
                database,
                "UPDATE public.activities SET reply_to_activity_uuid = 42 WHERE uuid = '"
                    + HandMade.POST
                    + "'"))
        .satisfies(
            refusal -> {
              assertThat(refusal).hasMessageContaining("stopped after version 5, at V6");
              assertThat(refusal.obstacles())
                  .extracting(Obstacle::fix)
                  .containsExactly(Fix.CLEAR_REPLY_IDS);
            });
    assertThat(
            database.value(
                "SELECT reply_to_activity_uuid FROM activities WHERE uuid = '"
                    + HandMade.POST
                    + "'"))
        .isEqualTo("42");
    Migrations.of(database.source()).fixes().clearReplyIds();

    assertThat(
            refusalWith(
                database,
                "INSERT INTO public.users (display_name, handle, cognito_user_id) VALUES ('x', 'BAYKO', 'MOCK')"))
        .satisfies(
            refusal -> {
              assertThat(refusal)
                  .hasMessageContaining("stopped after version 8, at V9")
                  .hasNoCause();
              assertThat(refusal.getMessage()).doesNotContainIgnoringCase("bayko");
            });
    Migrations.of(database.source()).fixes().renameHandles();
    Migrations.of(database.source()).migrate();
    assertThat(database.schema()).isEqualTo(Postgres.migrated().schema());
  }

  /** Runs the statement after the checks, before the first pending migration. */
  private static ObstaclesException refusalWith(Postgres database, String statement) {
    TrappedDataSource source =
        new TrappedDataSource(database.source(), 1, connection -> database.run(statement));
    return catchThrowableOfType(ObstaclesException.class, () -> Migrations.of(source).migrate());
  }

  private static Postgres dirty(HandMade variant) {
    Postgres database = variant.withRows();
    database.run(DIRT);
    return database;
  }

  private static ObstaclesException refusal(Postgres database) {
    return catchThrowableOfType(
        ObstaclesException.class, () -> Migrations.of(database.source()).migrate());
  }
}
