package com.cruddur.db.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * The rows that every Cruddur database for development begins with: the users Andrew Brown ({@code
 * andrewbrown}) and Andrew Bayko ({@code bayko}), and an activity of the first that expires in 10
 * days.
 *
 * @since 0.1.0
 */
public final class BaseSeed implements SeedSet {

  /** The handle of Andrew Brown. */
  static final String ANDREW = "andrewbrown";

  /** The handle of Andrew Bayko. */
  static final String BAYKO = "bayko";

  private static final String USERS =
      """
      INSERT INTO public.users (display_name, handle, cognito_user_id)
      VALUES ('Andrew Brown', 'andrewbrown', 'MOCK'), ('Andrew Bayko', 'bayko', 'MOCK')
      ON CONFLICT DO NOTHING
      """;

  private static final String ACTIVITY =
      """
      INSERT INTO public.activities (user_uuid, message, expires_at)
      SELECT uuid, 'This was imported as seed data!', current_timestamp + interval '10 days'
      FROM public.users u
      WHERE handle = 'andrewbrown'
        AND NOT EXISTS (
          SELECT FROM public.activities a
          WHERE a.user_uuid = u.uuid AND a.message = 'This was imported as seed data!')
      """;

  /** Makes the set. */
  public BaseSeed() {}

  @Override
  public void load(SeedData seed) {
    seed.db().dsl().connection(BaseSeed::insert);
  }

  /**
   * Inserts what is missing of these rows, in one transaction. What is there already stays as it
   * is, so a second run changes nothing.
   *
   * @param database a migrated database
   * @return how many rows were inserted, 0 to 3
   * @throws SQLException if the database cannot be reached or refuses the rows; nothing is inserted
   *     then
   */
  public static int load(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        int rows = insert(connection);
        connection.commit();
        return rows;
      } catch (SQLException failure) {
        connection.rollback();
        throw failure;
      }
    }
  }

  private static int insert(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(USERS) + statement.executeUpdate(ACTIVITY);
    }
  }
}
