package com.cruddur.db.migrations;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Databases as hand-run schema files left them: every variant that was seen. */
enum HandMade {
  ORIGINAL("", "", "integer", ""),
  REVERSED_COLUMNS("", "", "integer", "") {
    @Override
    String users() {
      return """
      CREATE TABLE public.users (
        created_at TIMESTAMP default current_timestamp NOT NULL, cognito_user_id text, handle text, display_name text,
        uuid UUID default uuid_generate_v4() primary key)""";
    }

    @Override
    String activities() {
      return """
      CREATE TABLE public.activities (
        created_at TIMESTAMP default current_timestamp NOT NULL, expires_at TIMESTAMP, reply_to_activity_uuid integer,
        likes_count integer default 0, reposts_count integer default 0, replies_count integer default 0,
        message text NOT NULL, user_uuid UUID NOT NULL, uuid UUID default uuid_generate_v4() primary key)""";
    }
  },
  EMAIL("", "email text,", "integer", ""),
  EMAIL_AND_NAMES_REQUIRED("NOT NULL", "email text NOT NULL,", "integer", ""),
  BIO("NOT NULL", "bio text, email text,", "integer", ""),
  REPLIES_AS_UUID("", "email text,", "uuid", ""),
  FOREIGN_KEY(
      "NOT NULL",
      "email text,",
      "integer",
      ", FOREIGN KEY (user_uuid) REFERENCES public.users(uuid)"),
  NAMED_FOREIGN_KEY_THAT_CASCADES(
      "",
      "",
      "uuid",
      ", CONSTRAINT mine FOREIGN KEY (user_uuid) REFERENCES public.users(uuid) ON DELETE CASCADE"),
  OLD_MIGRATION_SCRIPT("NOT NULL", "email text NOT NULL, bio text,", "uuid", "") {
    @Override
    List<String> statements() {
      List<String> statements = new ArrayList<>(super.statements());
      statements.add(
          "CREATE TABLE public.schema_information (id integer UNIQUE, last_successful_run text)");
      statements.add("INSERT INTO public.schema_information VALUES (1, '1668452763')");
      return statements;
    }
  };

  static final String ANDREW = "11111111-1111-1111-1111-111111111111";
  static final String BAYKO = "22222222-2222-2222-2222-222222222222";
  static final String POST = "aaaaaaaa-1111-1111-1111-111111111111";
  static final String REPLY = "aaaaaaaa-2222-2222-2222-222222222222";

  private final String namesRequired;
  private final String moreColumns;
  private final String replyType;
  private final String foreignKey;

  HandMade(String namesRequired, String moreColumns, String replyType, String foreignKey) {
    this.namesRequired = namesRequired;
    this.moreColumns = moreColumns;
    this.replyType = replyType;
    this.foreignKey = foreignKey;
  }

  String users() {
    return """
    CREATE TABLE public.users (
      uuid UUID default uuid_generate_v4() primary key, display_name text %1$s, handle text %1$s, %2$s
      cognito_user_id text %1$s, created_at TIMESTAMP default current_timestamp NOT NULL)"""
        .formatted(namesRequired, moreColumns);
  }

  String activities() {
    return """
    CREATE TABLE public.activities (
      uuid UUID default uuid_generate_v4() primary key, user_uuid UUID NOT NULL, message text NOT NULL,
      replies_count integer default 0, reposts_count integer default 0, likes_count integer default 0,
      reply_to_activity_uuid %s, expires_at TIMESTAMP, created_at TIMESTAMP default current_timestamp NOT NULL%s)"""
        .formatted(replyType, foreignKey);
  }

  List<String> statements() {
    return Arrays.asList("CREATE EXTENSION IF NOT EXISTS \"uuid-ossp\"", users(), activities());
  }

  boolean repliesAreUuids() {
    return replyType.equals("uuid");
  }

  boolean hasEmail() {
    return moreColumns.contains("email");
  }

  /** A database of this variant without rows. */
  Postgres withoutRows() {
    return Postgres.with(statements().toArray(String[]::new));
  }

  /** A database of this variant with rows that nothing is wrong with. */
  Postgres withRows() {
    Postgres database = withoutRows();
    String emailColumn = hasEmail() ? ", email" : "";
    String emailValue = hasEmail() ? ", 'someone@example.org'" : "";
    database.run(
        """
        INSERT INTO public.users (uuid, display_name, handle, cognito_user_id, created_at%1$s) VALUES
          ('%3$s', 'Andrew Brown', 'andrewbrown', 'MOCK', '2022-07-01 23:30:00.123456'%2$s),
          ('%4$s', 'Andrew Bayko', 'bayko', 'MOCK', '2022-12-31 23:59:59'%2$s);
        INSERT INTO public.users (display_name, handle, cognito_user_id%1$s)
          SELECT 'User ' || i, 'user' || i, 'sub-' || i%2$s FROM generate_series(1, 50) i;
        INSERT INTO public.activities (user_uuid, message, likes_count, created_at, expires_at)
          SELECT uuid, 'activity ' || i, i, timestamp '2022-03-13 02:30:00' + i * interval '1 hour',
            CASE i %% 3 WHEN 0 THEN timestamp '2022-11-06 01:30:00' + i * interval '1 hour' END
          FROM public.users, generate_series(1, 10) i;
        INSERT INTO public.activities (uuid, user_uuid, message) VALUES ('%5$s', '%3$s', 'Cloud is fun!')"""
            .formatted(emailColumn, emailValue, ANDREW, BAYKO, POST));
    if (repliesAreUuids()) {
      database.run(
          """
          UPDATE public.activities SET replies_count = 1 WHERE uuid = '%1$s';
          INSERT INTO public.activities (uuid, user_uuid, message, reply_to_activity_uuid)
            VALUES ('%2$s', '%3$s', 'This post has no honor!', '%1$s')"""
              .formatted(POST, REPLY, BAYKO));
    }
    return database;
  }

  /** The meaning of all rows, whatever the types and the order of the columns. */
  static List<String> contentOf(Postgres database) {
    boolean before =
        database
            .value(
                "SELECT data_type FROM information_schema.columns"
                    + " WHERE table_name = 'users' AND column_name = 'created_at'")
            .equals("timestamp without time zone");
    String utc = before ? " AT TIME ZONE 'UTC'" : "";
    return database.list(
        """
        SELECT 'users ' || count(*) || ' ' || md5(string_agg(concat_ws('|', uuid, display_name, handle, cognito_user_id,
            to_jsonb(u)->>'email', to_jsonb(u)->>'bio', extract(epoch FROM created_at%1$s)), ',' ORDER BY uuid))
          FROM public.users u
        UNION ALL
        SELECT 'activities ' || count(*) || ' ' || md5(string_agg(concat_ws('|', uuid, user_uuid, message, replies_count,
            reposts_count, likes_count, reply_to_activity_uuid, extract(epoch FROM expires_at%1$s),
            extract(epoch FROM created_at%1$s)), ',' ORDER BY uuid))
          FROM public.activities"""
            .formatted(utc));
  }
}
