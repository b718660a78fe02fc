package com.cruddur.db.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The users in the JSON of {@code aws cognito-idp list-users}. PostgreSQL reads it. */
final class CognitoUsers {

  private static final String QUERY =
      """
      SELECT entry ->> 'Username',
        (SELECT a ->> 'Value' FROM jsonb_array_elements(entry -> 'Attributes') a WHERE a ->> 'Name' = 'sub'),
        (SELECT a ->> 'Value' FROM jsonb_array_elements(entry -> 'Attributes') a
          WHERE a ->> 'Name' = 'preferred_username')
      FROM jsonb_array_elements(?::jsonb -> 'Users') AS entry""";

  private static final String SHAPE =
      """
      SELECT coalesce(jsonb_typeof(page -> 'Users') = 'array' AND NOT EXISTS (
          SELECT FROM jsonb_array_elements(page -> 'Users') AS entry
          WHERE jsonb_typeof(entry) <> 'object' OR jsonb_typeof(entry -> 'Attributes') <> 'array'
            OR entry -> 'Attributes' IS NULL), false),
        coalesce(page ->> 'PaginationToken', page ->> 'NextToken') IS NOT NULL
      FROM (SELECT ?::jsonb AS page) AS pages""";

  private final List<User> users = new ArrayList<>();
  private int pages;
  private int unfinishedPages;

  /** A user of Cognito. */
  record User(@Nullable String name, @Nullable String cognitoUserId, @Nullable String handle) {}

  private record Page(boolean known, boolean hasNext) {}

  List<User> users() {
    return users;
  }

  int pages() {
    return pages;
  }

  /** Returns whether every page says that another one follows. */
  boolean lacksLastPage() {
    return pages > 0 && unfinishedPages == pages;
  }

  void read(Connection connection, Path file) throws IOException, SQLException {
    List<String> documents = JsonDocuments.split(Files.readString(file, StandardCharsets.UTF_8));
    if (documents.isEmpty()) {
      throw new IllegalArgumentException(file + " is empty. " + expected());
    }
    for (String document : documents) {
      read(connection, file, document);
    }
  }

  private void read(Connection connection, Path file, String document) throws SQLException {
    try {
      Page page =
          Sql.one(
              connection, SHAPE, row -> new Page(row.getBoolean(1), row.getBoolean(2)), document);
      if (!page.known()) {
        throw new IllegalArgumentException(file + " holds other JSON. " + expected());
      }
      users.addAll(
          Sql.list(
              connection,
              QUERY,
              row -> new User(row.getString(1), row.getString(2), row.getString(3)),
              document));
      pages++;
      unfinishedPages += page.hasNext() ? 1 : 0;
    } catch (SQLException failure) {
      if (String.valueOf(failure.getSQLState()).startsWith("22")) {
        throw new IllegalArgumentException(file + " is no JSON, or is cut off. " + expected());
      }
      throw failure;
    }
  }

  private static String expected() {
    return "Give it what aws cognito-idp list-users --user-pool-id ID prints; nothing was changed.";
  }
}
