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
public final class BaseSeed {

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

  private BaseSeed() {}

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
      try (Statement statement = connection.createStatement()) {
        int rows = statement.executeUpdate(USERS) + statement.executeUpdate(ACTIVITY);
        connection.commit();
        return rows;
      } catch (SQLException failure) {
        connection.rollback();
        throw failure;
      }
    }
  }
}
