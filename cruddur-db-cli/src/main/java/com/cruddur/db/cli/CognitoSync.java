package com.cruddur.db.cli;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of setting Cognito ids by handle.
 *
 * @param updated handles of users that got another id
 * @param unchanged how many users had theirs already
 * @param unmatched handles that no user of the database has
 * @param incomplete names of Cognito's users without a sub or a preferred_username, and which
 */
record CognitoSync(
    List<String> updated, int unchanged, List<String> unmatched, List<String> incomplete) {

  private static final String PAIRS = "unnest(?::text[], ?::text[]) AS pairs (handle, sub)";

  /** First a value that may be there twice: two users may change places. */
  private static final String CLEAR =
      "UPDATE public.users AS u SET cognito_user_id = 'MOCK' FROM "
          + PAIRS
          + """
             WHERE lower(u.handle) = lower(pairs.handle)
            AND u.cognito_user_id IS DISTINCT FROM pairs.sub AND u.cognito_user_id <> 'MOCK'""";

  private static final String CHANGING =
      "SELECT u.handle FROM public.users AS u JOIN "
          + PAIRS
          + """
             ON lower(u.handle) = lower(pairs.handle)
          WHERE u.cognito_user_id IS DISTINCT FROM pairs.sub ORDER BY 1""";

  private static final String SET =
      "UPDATE public.users AS u SET cognito_user_id = pairs.sub FROM "
          + PAIRS
          + """
             WHERE lower(u.handle) = lower(pairs.handle)
            AND u.cognito_user_id IS DISTINCT FROM pairs.sub""";

  private static final String UNMATCHED =
      "SELECT pairs.handle FROM "
          + PAIRS
          + """
             WHERE NOT EXISTS (
            SELECT FROM public.users AS u WHERE lower(u.handle) = lower(pairs.handle)) ORDER BY 1""";

  /**
   * Sets the ids.
   *
   * @throws IllegalArgumentException if one handle has two ids, or one id two handles
   * @throws IllegalStateException if another user of the database has one of the ids
   */
  static CognitoSync run(Connection connection, List<CognitoUsers.User> users) throws SQLException {
    List<String> incomplete = new ArrayList<>();
    Map<String, CognitoUsers.User> complete = new HashMap<>();
    Map<String, String> handles = new HashMap<>();
    for (CognitoUsers.User user : users) {
      Optional<String> lack = lack(user);
      lack.ifPresent(incomplete::add);
      if (lack.isEmpty()) {
        add(user, complete, handles);
      }
    }
    return run(connection, List.copyOf(complete.values()), incomplete);
  }

  private static Optional<String> lack(CognitoUsers.User user) {
    String name = String.valueOf(user.name());
    if (isBlank(user.cognitoUserId())) {
      return Optional.of(name + ": no sub");
    }
    return isBlank(user.handle())
        ? Optional.of(name + ": no preferred_username")
        : Optional.empty();
  }

  private static boolean isBlank(@Nullable String value) {
    return value == null || value.isBlank();
  }

  private static void add(
      CognitoUsers.User user,
      Map<String, CognitoUsers.User> complete,
      Map<String, String> handles) {
    String handle = String.valueOf(user.handle()).toLowerCase(Locale.ROOT);
    String id = String.valueOf(user.cognitoUserId());
    CognitoUsers.User other = complete.put(handle, user);
    if (other != null && !id.equals(other.cognitoUserId())) {
      throw ambiguous("the handle " + user.handle() + " twice, with different ids");
    }
    String otherHandle = handles.put(id, handle);
    if (otherHandle != null && !otherHandle.equals(handle)) {
      throw ambiguous("one id for the handles " + otherHandle + " and " + handle);
    }
  }

  private static IllegalArgumentException ambiguous(String what) {
    return new IllegalArgumentException(
        "Cognito's list has " + Printable.of(what) + ". Correct it there; nothing was changed.");
  }

  private static CognitoSync run(
      Connection connection, List<CognitoUsers.User> users, List<String> incomplete)
      throws SQLException {
    Array handles =
        connection.createArrayOf("text", users.stream().map(CognitoUsers.User::handle).toArray());
    Array ids =
        connection.createArrayOf(
            "text", users.stream().map(CognitoUsers.User::cognitoUserId).toArray());
    List<String> unmatched = Sql.list(connection, UNMATCHED, row -> row.getString(1), handles, ids);
    List<String> changing = Sql.list(connection, CHANGING, row -> row.getString(1), handles, ids);
    try {
      Sql.update(connection, CLEAR, handles, ids);
      Sql.update(connection, SET, handles, ids);
    } catch (SQLException failure) {
      if ("23505".equals(failure.getSQLState())) {
        throw new IllegalStateException(
            "A user whose handle is not in the list has one of its ids: see `cruddur-db plan`, or"
                + " whether the handle was changed in Cognito. Nothing was changed.",
            failure);
      }
      throw failure;
    }
    int unchanged = users.size() - unmatched.size() - changing.size();
    return new CognitoSync(changing, unchanged, unmatched, incomplete);
  }

  boolean isComplete() {
    return unmatched.isEmpty() && incomplete.isEmpty();
  }

  Map<String, @Nullable Object> json(int pages, boolean lacksLastPage) {
    return JsonOption.object(
        "pages", pages,
        "last_page_missing", lacksLastPage,
        "updated", updated,
        "unchanged", unchanged,
        "unmatched", unmatched,
        "incomplete", incomplete);
  }

  List<String> lines(int pages) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s read, %s updated, %d unchanged, %d without a match, %d incomplete"
            .formatted(
                Printable.count(pages, "page"),
                Printable.count(updated.size(), "user"),
                unchanged,
                unmatched.size(),
                incomplete.size()));
    unmatched.forEach(handle -> lines.add("no user has the handle " + Printable.of(handle)));
    incomplete.forEach(user -> lines.add("incomplete in Cognito: " + Printable.of(user)));
    return lines;
  }
}
