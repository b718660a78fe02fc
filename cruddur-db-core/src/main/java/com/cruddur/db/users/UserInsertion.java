package com.cruddur.db.users;

import com.cruddur.db.CruddurDbException;
import com.cruddur.db.HandleTakenException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Inserts a user or finds who is there already, right when two calls race. */
final class UserInsertion {

  // No conflict target: a race for the handle and one for the id end the same way, in no row and no
  // error, which would abort the caller's transaction.
  private static final String INSERT =
      """
      INSERT INTO public.users (cognito_user_id, display_name, handle, email)
      VALUES (?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      RETURNING uuid
      """;

  // Whoever stood in the way was committed before the insert gave up, so this sees the row.
  private static final String FIND =
      """
      SELECT 1, uuid FROM public.users WHERE cognito_user_id = ? AND cognito_user_id <> 'MOCK'
      UNION ALL
      SELECT 2, uuid FROM public.users WHERE lower(handle) = lower(?)
      ORDER BY 1 LIMIT 1
      """;
  private static final int SAME_USER = 1;

  private static final int ATTEMPTS = 10;

  private UserInsertion() {}

  static UserInsert run(Connection connection, NewUser user) throws SQLException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<UserInsert> insert = insert(connection, user);
      if (insert.isEmpty()) {
        insert = find(connection, user);
      }
      if (insert.isPresent()) {
        return insert.get();
      }
    }
    throw new CruddurDbException(
        "The user was neither inserted nor found in "
            + ATTEMPTS
            + " attempts: it is being inserted"
            + " and deleted by others. Try again.",
        null);
  }

  private static Optional<UserInsert> insert(Connection connection, NewUser user)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setString(1, user.cognitoUserId());
      statement.setString(2, user.displayName());
      statement.setString(3, user.handle());
      statement.setString(4, user.email());
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(new UserInsert(row.getObject(1, UUID.class), true))
            : Optional.empty();
      }
    }
  }

  /** Is empty if whoever stood in the way has been deleted since. */
  private static Optional<UserInsert> find(Connection connection, NewUser user)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setString(1, user.cognitoUserId());
      statement.setString(2, user.handle());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(found(row)) : Optional.empty();
      }
    }
  }

  private static UserInsert found(ResultSet row) throws SQLException {
    if (row.getInt(1) != SAME_USER) {
      throw new HandleTakenException();
    }
    return new UserInsert(row.getObject(2, UUID.class), false);
  }
}
