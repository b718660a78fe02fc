package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.TimeZone;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FixesTest {

  @Test
  void mergesUsersIntoTheOldestWithTheActivitiesAndValuesOfAll() {
    Postgres database = HandMade.EMAIL.withoutRows();
    database.run(
        """
        INSERT INTO public.users (uuid, display_name, handle, email, cognito_user_id, created_at) VALUES
          ('00000000-0000-0000-0000-0000000000a1', 'Ann', NULL, NULL, 'sub-a', '2023-01-01'),
          ('00000000-0000-0000-0000-0000000000a2', 'Anna', 'ann2', NULL, 'sub-a', '2023-01-02'),
          ('00000000-0000-0000-0000-0000000000a3', NULL, 'ann3', 'ann@example.org', 'sub-a', '2023-01-03'),
          ('00000000-0000-0000-0000-0000000000b1', 'M', 'm1', NULL, 'MOCK', '2023-01-01'),
          ('00000000-0000-0000-0000-0000000000b2', 'M', 'm2', NULL, 'MOCK', '2023-01-02');
        INSERT INTO public.activities (user_uuid, message)
          SELECT uuid, 'by ' || handle FROM public.users WHERE handle IS NOT NULL""");

    FixReport report = fixes(database).mergeUsers();

    assertThat(report)
        .hasToString(
            "MERGE_USERS: 2 activities moved to the oldest user of the Cognito id,"
                + " 1 missing values of handle taken from a merged user,"
                + " 1 missing values of email taken from a merged user,"
                + " 2 users merged into the oldest of their Cognito id");
    assertThat(
            database.list(
                "SELECT concat_ws(' ', right(uuid::text, 2), display_name, handle, email) FROM users ORDER BY uuid"))
        .containsExactly("a1 Ann ann2 ann@example.org", "b1 M m1", "b2 M m2");
    assertThat(
            database.number(
                "SELECT count(*) FROM activities WHERE user_uuid = '00000000-0000-0000-0000-0000000000a1'"))
        .isEqualTo(2);
  }

  @Test
  void reportsEveryMergedUserWithTheOneWhoStays() {
    Postgres database = HandMade.ORIGINAL.withoutRows();
    database.run(
        """
        INSERT INTO public.users (uuid, handle, cognito_user_id, created_at)
        SELECT ('00000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid, 'h' || i, 'sub-' || i % 10,
          timestamp '2023-01-01' + i * interval '1 day'
        FROM generate_series(1, 60) i""");

    FixReport report = fixes(database).mergeUsers();

    assertThat(report.merged())
        .hasSize(50)
        .isSortedAccordingTo(Comparator.comparing(merged -> merged.uuid().toString()))
        .first()
        .isEqualTo(
            new FixReport.MergedUser(
                UUID.fromString("00000000-0000-0000-0000-000000000011"),
                UUID.fromString("00000000-0000-0000-0000-000000000001")));
    assertThat(database.number("SELECT count(*) FROM users")).isEqualTo(10);
    assertThat(report.merged())
        .allSatisfy(
            merged -> {
              long digits = Long.parseLong(merged.uuid().toString().substring(24));
              assertThat(merged.into().toString()).endsWith("00" + ((digits + 9) % 10 + 1));
            });
    assertThat(report)
        .hasToString("MERGE_USERS: 50 users merged into the oldest of their Cognito id");
    assertThat(fixes(database).mergeUsers().merged()).isEmpty();
  }

  @Test
  void mergesUsersOfAnIdThatOnlyLooksLikeThePlaceholder() {
    Postgres database = HandMade.ORIGINAL.withoutRows();
    database.run(
        """
        INSERT INTO public.users (uuid, handle, cognito_user_id, created_at) VALUES
          ('00000000-0000-0000-0000-0000000000a1', 'a1', 'mock', '2023-01-01'),
          ('00000000-0000-0000-0000-0000000000a2', 'a2', 'mock', '2023-01-02'),
          ('00000000-0000-0000-0000-0000000000b1', 'b1', 'MOCK', '2023-01-01'),
          ('00000000-0000-0000-0000-0000000000b2', 'b2', 'MOCK', '2023-01-02'),
          ('00000000-0000-0000-0000-0000000000c1', 'c1', 'Mock', '2023-01-02')""");
    fixes(database).fillValues();

    assertThat(Migrations.of(database.source()).plan().obstacles())
        .singleElement()
        .satisfies(
            obstacle -> {
              assertThat(obstacle.fix()).isEqualTo(Fix.MERGE_USERS);
              assertThat(obstacle.count()).isEqualTo(1);
            });
    fixes(database).mergeUsers();
    Migrations.of(database.source()).migrate();

    assertThat(
            database.list(
                "SELECT right(uuid::text, 2) || ' ' || cognito_user_id FROM users ORDER BY uuid"))
        .containsExactly("a1 mock", "b1 MOCK", "b2 MOCK", "c1 Mock");
    assertThatThrownBy(
            () ->
                database.run(
                    "INSERT INTO users (handle, display_name, cognito_user_id) VALUES ('x', 'x', 'mock')"))
        .hasMessageContaining("users_cognito_user_id_key");
  }

  @Test
  void refusesToDeleteUsersThatAnotherTableRefersTo() {
    Postgres database = HandMade.ORIGINAL.withoutRows();
    database.run(
        """
        INSERT INTO public.users (uuid, cognito_user_id, created_at) VALUES
          ('%1$s', 'sub-a', '2023-01-01'), ('%2$s', 'sub-a', '2023-01-02');
        CREATE TABLE public.followers (u uuid REFERENCES public.users ON DELETE CASCADE);
        INSERT INTO public.followers VALUES ('%2$s')"""
            .formatted(HandMade.ANDREW, HandMade.BAYKO));

    assertThatThrownBy(() -> fixes(database).mergeUsers())
        .isInstanceOf(MigrationException.class)
        .hasMessage(
            "MERGE_USERS changed nothing, because deleting users would reach into other tables:"
                + " followers refers to users by followers_u_fkey. Point its rows at the users that stay,"
                + " drop the constraint, make this call again, and then add the constraint again.");
    assertThat(database.number("SELECT count(*) FROM followers")).isEqualTo(1);
    assertThat(database.number("SELECT count(*) FROM users")).isEqualTo(2);

    database.run("DELETE FROM users WHERE uuid = '%s'".formatted(HandMade.ANDREW));
    assertThat(fixes(database).mergeUsers()).hasToString("MERGE_USERS: nothing to do");
  }

  @Test
  void renamesLaterUsersOfAHandleEvenWhereTheNewNameIsTaken() {
    Postgres database = HandMade.ORIGINAL.withoutRows();
    database.run(
        """
        INSERT INTO public.users (uuid, handle, created_at) VALUES
          ('10000000-0000-0000-0000-000000000001', 'Bob', '2023-01-01'),
          ('20000000-0000-0000-0000-000000000002', 'bob', '2023-01-02'),
          ('30000000-0000-0000-0000-000000000003', 'BOB', '2023-01-03'),
          ('40000000-0000-0000-0000-000000000004', 'bob-30000000', '2023-01-04')""");

    fixes(database).renameHandles();

    assertThat(database.list("SELECT handle FROM users ORDER BY uuid"))
        .containsExactly(
            "Bob", "bob-20000000", "BOB-30000000-0000-0000-0000-000000000003", "bob-30000000");
  }

  @Test
  void fillsMissingValues() {
    Postgres database = HandMade.ORIGINAL.withoutRows();
    database.run("INSERT INTO public.users (uuid) VALUES ('abcdef01-0000-0000-0000-000000000001')");

    fixes(database).fillValues();

    assertThat(
            database.value(
                "SELECT concat_ws(' ', handle, display_name, cognito_user_id) FROM users"))
        .isEqualTo("user-abcdef01 user-abcdef01 MOCK");
  }

  @Test
  void recountsRepliesAlsoAfterTheDatabaseKeepsThem() {
    Postgres database = Postgres.migrated();
    database.run(
        """
        INSERT INTO users (uuid, display_name, handle, cognito_user_id) VALUES ('%1$s', 'a', 'a', 'MOCK');
        INSERT INTO activities (uuid, user_uuid, message) VALUES ('%2$s', '%1$s', 'a');
        INSERT INTO activities (user_uuid, message, reply_to_activity_uuid) VALUES ('%1$s', 'a', '%2$s');
        ALTER TABLE activities DISABLE TRIGGER USER;
        UPDATE activities SET replies_count = 9;
        ALTER TABLE activities ENABLE TRIGGER USER"""
            .formatted(HandMade.ANDREW, HandMade.POST));

    assertThat(fixes(database).recount())
        .hasToString("RECOUNT: 2 activities with a replies_count put right");
    assertThat(database.list("SELECT replies_count FROM activities ORDER BY 1"))
        .containsExactly("0", "1");
    assertThatThrownBy(() -> database.run("UPDATE activities SET replies_count = 9"))
        .hasMessageContaining("replies_count is kept by the database");
  }

  @Test
  void makesThePlaceholderUserInUtcAndOnlyOnce() {
    TimeZone zone = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("America/Toronto"));
    try {
      Postgres database = HandMade.EMAIL_AND_NAMES_REQUIRED.withoutRows();
      String orphan =
          "INSERT INTO public.activities (user_uuid, message) VALUES (uuid_generate_v4(), 'x')";
      for (int i = 0; i < 2; i++) {
        database.run(orphan);
        fixes(database).adoptOrphans();
      }
      assertThat(
              database.list(
                  "SELECT handle || ' ' || (age(now() AT TIME ZONE 'UTC', created_at) < interval '1 minute') FROM users"))
          .containsExactly("deleted-user true");
      assertThat(
              database.number(
                  "SELECT count(*) FROM activities JOIN users ON user_uuid = users.uuid"))
          .isEqualTo(2);
    } finally {
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void areListedWithTheCountersBehindTheReplyIds() {
    assertThat(Fix.values()).endsWith(Fix.CLEAR_REPLY_IDS, Fix.RECOUNT);
    Postgres database = HandMade.REPLIES_AS_UUID.withRows();
    database.run(
        """
        INSERT INTO public.activities (user_uuid, message, reply_to_activity_uuid, replies_count)
          SELECT user_uuid, 'x', uuid_generate_v4(), -1 FROM public.activities LIMIT 1""");
    assertThat(Migrations.of(database.source()).plan().obstacles())
        .extracting(Obstacle::fix)
        .containsExactly(Fix.CLEAR_REPLY_IDS, Fix.RECOUNT);
  }

  @Test
  void doNotGiveOrphansToARealUserNorRepeatAHandle() {
    Postgres database = HandMade.ORIGINAL.withoutRows();
    database.run(
        """
        INSERT INTO public.users (uuid, handle, display_name, cognito_user_id) VALUES
          ('00000000-0000-0000-0000-000000000000', 'nil', 'Nil', 'sub-nil'),
          ('%s', 'Deleted-User', 'x', 'MOCK'), ('%s', 'deleted-user-FFFFFFFF', 'x', 'MOCK'),
          ('aaaaaaaa-0000-0000-0000-000000000000', 'deleted-user-00000000', 'x', 'MOCK');
        INSERT INTO public.activities (user_uuid, message) VALUES (uuid_generate_v4(), 'x')"""
            .formatted(HandMade.ANDREW, HandMade.BAYKO));

    fixes(database).adoptOrphans();

    assertThat(
            database.list(
                "SELECT handle FROM public.users JOIN public.activities ON user_uuid = users.uuid"))
        .containsExactly("deleted-user-ffffffff-ffff-ffff-ffff-ffffffffffff");
    assertThat(Migrations.of(database.source()).plan().obstacles()).isEmpty();
  }

  @Test
  void refuseAnUnknownShape() {
    Postgres database = HandMade.ORIGINAL.withRows();
    database.run("ALTER TABLE public.users ADD COLUMN mine int");
    assertThatThrownBy(() -> fixes(database).recount())
        .isInstanceOf(MigrationException.class)
        .hasMessageContainingAll("mine", "Nothing was changed");
  }

  @Test
  void changeNothingWhereThereAreNoTables() {
    assertThatThrownBy(() -> fixes(Postgres.empty()).recount())
        .isInstanceOf(MigrationException.class)
        .hasMessage(
            "There is nothing to fix: the tables users and activities do not exist. Run migrate().");
  }

  private static Fixes fixes(Postgres database) {
    return Migrations.of(database.source()).fixes();
  }
}
