package com.cruddur.db.users;

import com.cruddur.db.CruddurDbException;
import com.cruddur.db.HandleTakenException;
import com.cruddur.db.internal.Connections;
import com.cruddur.db.internal.UtcDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The queries about users.
 *
 * <p>Thread-safe. The caller closes the data source. Loads neither jOOQ nor anything else that an
 * insert does not need: a Lambda pays for what it loads.
 *
 * @since 0.1.0
 */
public final class UserDao {

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

  private final DataSource dataSource;

  private UserDao(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Returns the queries about users of the database that the data source connects to. Does not
   * connect.
   *
   * @param dataSource usually a pool; connects as a user with the rights of {@code cruddur_app}
   * @return the queries
   */
  public static UserDao of(DataSource dataSource) {
    return new UserDao(UtcDataSource.of(dataSource));
  }

  /**
   * Inserts a user, unless one with this Cognito user id exists: then nothing is changed and that
   * user is the answer. Right also when two calls race. One round trip.
   *
   * @param user whom to insert
   * @return the user's id, and whether this call inserted the user
   * @throws HandleTakenException if another user has the handle
   * @throws CruddurDbException if the statement fails
   */
  public UserInsert insert(NewUser user) {
    Objects.requireNonNull(user, "user");
    return Connections.call(dataSource, connection -> insert(connection, user));
  }

  private static UserInsert insert(Connection connection, NewUser user) throws SQLException {
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
