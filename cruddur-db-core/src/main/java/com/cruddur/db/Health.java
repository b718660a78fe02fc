package com.cruddur.db;

import com.cruddur.db.internal.JsonWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a database is, as far as one look could tell. What was not found out is null. Holds no
 * secret. Immutable and thread-safe.
 *
 * @param up whether the database answered in time
 * @param serverVersion such as {@code 18.6}
 * @param role what the server is at present
 * @param replayLag on a standby, how far it is behind; zero if it has replayed all that it received
 * @param schemaVersion the newest migration that was applied, such as {@code 29}
 * @param pool the connections of this program, or null for a data source without a pool of ours
 * @param error why the database is not up, or what could not be asked
 * @param took how long the look took
 * @param reader the same of what {@link CruddurDb#reader} reads from, whose pool is that of the
 *     standbys and whose role is that of the primary while none of them answers; null if it has not
 *     been asked for, or has no standbys
 * @since 0.1.0
 */
public record Health(
    boolean up,
    @Nullable String serverVersion,
    @Nullable Role role,
    @Nullable Duration replayLag,
    @Nullable String schemaVersion,
    @Nullable Pool pool,
    @Nullable String error,
    Duration took,
    @Nullable Health reader) {

  /**
   * What a server is.
   *
   * @since 0.1.0
   */
  public enum Role {
    /** Takes writes. */
    PRIMARY,
    /** Replays what a primary writes, and can be read. */
    STANDBY
  }

  /**
   * The connections of a pool.
   *
   * @param active in use
   * @param idle not in use
   * @param waiting callers that wait for one
   * @param maximum how many there may be
   * @since 0.1.0
   */
  public record Pool(int active, int idle, int waiting, int maximum) {}

  /**
   * Returns the same as JSON: {@code {"up":true,"server_version":"18.6","role":"primary",
   * "replay_lag_seconds":null,"schema_version":"29","pool":{"active":0,"idle":1,"waiting":0,
   * "maximum":10},"error":null,"took_seconds":0.004,"reader":null}}.
   *
   * @return an object with all keys; that of a reader has all others
   */
  public String json() {
    return members().raw("reader", reader == null ? null : reader.members().toString()).toString();
  }

  Health with(Health other) {
    return new Health(up, serverVersion, role, replayLag, schemaVersion, pool, error, took, other);
  }

  private JsonWriter members() {
    return new JsonWriter()
        .bool("up", up)
        .text("server_version", serverVersion)
        .text("role", role == null ? null : role.name().toLowerCase(java.util.Locale.ROOT))
        .seconds("replay_lag_seconds", replayLag)
        .text("schema_version", schemaVersion)
        .raw("pool", pool == null ? null : json(pool))
        .text("error", error)
        .seconds("took_seconds", took);
  }

  private static String json(Pool pool) {
    return new JsonWriter()
        .number("active", pool.active())
        .number("idle", pool.idle())
        .number("waiting", pool.waiting())
        .number("maximum", pool.maximum())
        .toString();
  }
}
