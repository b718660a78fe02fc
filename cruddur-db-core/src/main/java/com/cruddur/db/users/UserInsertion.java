package com.cruddur.db.users;

import com.cruddur.db.CruddurDbException;
import com.cruddur.db.HandleTakenException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** The statement that inserts a user or finds who is there already, right when two calls race. */
final class UserInsertion {

  // No conflict target: a race for the handle and one for the id end the same way, in no row and no
  // error, which would abort the caller's transaction. The other parts say who stood in the way; a
  // row that came after the statement had begun is in none of them.
  private static final String INSERT =
      """
      WITH inserted AS (
        INSERT INTO public.users (cognito_user_id, display_name, handle, email)
        VALUES (?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        RETURNING uuid)
      SELECT 1, uuid FROM inserted
      UNION ALL
      SELECT 2, uuid FROM public.users WHERE cognito_user_id = ? AND cognito_user_id <> 'MOCK'
      UNION ALL
      SELECT 3, uuid FROM public.users WHERE lower(handle) = lower(?)
      ORDER BY 1 LIMIT 1
      """;
  private static final int CREATED = 1;
  private static final int HANDLE_TAKEN = 3;

  private static final int ATTEMPTS = 10;

  private UserInsertion() {}

  static UserInsert run(Connection connection, NewUser user) throws SQLException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<UserInsert> insert = tryInsert(connection, user);
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

  /** Is empty if another transaction inserted such a user after this statement had begun. */
  private static Optional<UserInsert> tryInsert(Connection connection, NewUser user)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setString(1, user.cognitoUserId());
      statement.setString(2, user.displayName());
      statement.setString(3, user.handle());
      statement.setString(4, user.email());
      statement.setString(5, user.cognitoUserId());
      statement.setString(6, user.handle());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(outcome(rows)) : Optional.empty();
      }
    }
  }

  private static UserInsert outcome(ResultSet row) throws SQLException {
    int outcome = row.getInt(1);
    if (outcome == HANDLE_TAKEN) {
      throw new HandleTakenException();
    }
    return new UserInsert(row.getObject(2, UUID.class), outcome == CREATED);
  }
}
