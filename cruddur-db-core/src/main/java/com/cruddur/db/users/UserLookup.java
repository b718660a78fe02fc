package com.cruddur.db.users;

import com.cruddur.db.UnknownUserException;
import com.cruddur.db.internal.JsonObjectSql;
import com.cruddur.db.internal.NamedQuery;
import com.cruddur.db.internal.SqlFunction;
import com.cruddur.db.json.JsonResult;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements that find users, one or two, and change them. */
final class UserLookup {

  private static final String BY_HANDLE = " FROM public.users u WHERE lower(u.handle) = lower(?)";
  private static final String BY_COGNITO_USER_ID =
      " FROM public.users u WHERE u.cognito_user_id = ? AND u.cognito_user_id <> 'MOCK'";

  /** Here and not beside the others: an insert is not to load what it does not need. */
  static final NamedQuery<JsonResult<String>> CORRESPONDENTS =
      new NamedQuery<>("users.message_users", "SELECT", JsonResult::rows);

  private static final JsonObjectSql SHORT =
      new JsonObjectSql()
          .uuid("uuid", "u.uuid")
          .text("handle", "u.handle")
          .text("display_name", "u.display_name");

  private static final JsonObjectSql UPDATED =
      new JsonObjectSql()
          .uuid("uuid", "u.uuid")
          .text("handle", "u.handle")
          .text("display_name", "u.display_name")
          .text("bio", "u.bio");

  private static final JsonObjectSql CORRESPONDENT =
      new JsonObjectSql()
          .uuid("uuid", "u.uuid")
          .text("display_name", "u.display_name")
          .text("handle", "u.handle")
          .text("kind", "u.kind");

  private static final String SHORT_BY_HANDLE = "SELECT " + SHORT + BY_HANDLE;
  private static final String PROFILE_BY_HANDLE =
      "SELECT u.uuid, u.handle, u.display_name, u.bio" + BY_HANDLE;

  private static final String UPDATE =
      """
      UPDATE public.users u SET display_name = ?, bio = ?
      WHERE u.cognito_user_id = ? AND u.cognito_user_id <> 'MOCK'
      RETURNING %s
      """
          .formatted(UPDATED);

  private static final String MESSAGE_USERS =
      """
      SELECT coalesce('[' || string_agg(%s, ',' ORDER BY u.part) || ']', '[]'), count(*)
      FROM (
        SELECT 1 AS part, 'sender' AS kind, u.*%s
        UNION ALL
        SELECT 2, 'recv', u.*%s) u
      """
          .formatted(CORRESPONDENT, BY_COGNITO_USER_ID, BY_HANDLE);

  private UserLookup() {}

  static Optional<UUID> uuidByHandle(Connection connection, String handle) throws SQLException {
    return find(connection, "SELECT u.uuid" + BY_HANDLE, handle, UserLookup::uuid);
  }

  static Optional<UUID> uuidByCognitoUserId(Connection connection, String id) throws SQLException {
    return find(connection, "SELECT u.uuid" + BY_COGNITO_USER_ID, id, UserLookup::uuid);
  }

  static Optional<String> shortProfile(Connection connection, String handle) throws SQLException {
    return find(connection, SHORT_BY_HANDLE, handle, row -> row.getString(1));
  }

  static Optional<UserProfile> profile(Connection connection, String handle) throws SQLException {
    return find(
        connection,
        PROFILE_BY_HANDLE,
        handle,
        row -> new UserProfile(uuid(row), row.getString(2), row.getString(3), row.getString(4)));
  }

  static String update(
      Connection connection, String cognitoUserId, String displayName, @Nullable String bio)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
      statement.setString(1, displayName);
      statement.setString(2, bio);
      statement.setString(3, cognitoUserId);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new UnknownUserException("Cognito user id");
        }
        return row.getString(1);
      }
    }
  }

  static JsonResult<String> messageUsers(Connection connection, String cognitoUserId, String handle)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(MESSAGE_USERS)) {
      statement.setString(1, cognitoUserId);
      statement.setString(2, handle);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new JsonResult<>(row.getString(1), row.getLong(2));
      }
    }
  }

  private static <T> Optional<T> find(
      Connection connection, String sql, String key, SqlFunction<ResultSet, T> reader)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, key);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(reader.apply(row)) : Optional.empty();
      }
    }
  }

  private static UUID uuid(ResultSet row) throws SQLException {
    return row.getObject(1, UUID.class);
  }
}
