package com.cruddur.db.testkit;

import static com.cruddur.db.schema.Tables.ACTIVITIES;

import com.cruddur.db.activities.NewReply;
import com.cruddur.db.activities.Ttl;
import com.cruddur.db.schema.tables.records.ActivitiesRecord;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * An activity, or a reply, of a test's database. As thread-safe as what its {@link SeedData} was
 * made of.
 *
 * @since 0.1.0
 */
public final class SeedActivity {

  private final SeedUser author;
  private final UUID uuid;

  SeedActivity(SeedUser author, UUID uuid) {
    this.author = author;
    this.uuid = uuid;
  }

  /**
   * Returns the activity's id in the database.
   *
   * @return the uuid
   */
  public UUID uuid() {
    return uuid;
  }

  /**
   * Returns who posted it.
   *
   * @return the user
   */
  public SeedUser author() {
    return author;
  }

  /**
   * Lets its author reply to it.
   *
   * @param message what the reply says; 1 to 1024 characters
   * @return the reply, which can be replied to again
   * @throws com.cruddur.db.UnknownActivityException if this has expired, or what it replies to
   */
  public SeedActivity reply(String message) {
    return reply(author, message);
  }

  /**
   * Lets a user reply to it. Its replies_count rises.
   *
   * @param user who replies
   * @param message what the reply says; 1 to 1024 characters
   * @return the reply, which can be replied to again
   * @throws com.cruddur.db.UnknownActivityException if this has expired, or what it replies to
   */
  public SeedActivity reply(SeedUser user, String message) {
    NewReply reply = NewReply.of(user.uuid(), uuid, message);
    return new SeedActivity(user, author.db().activities().reply(reply).uuid());
  }

  /**
   * Lets the same author post another activity that lives for a day.
   *
   * @param message what it says; 1 to 280 characters
   * @return the other activity
   */
  public SeedActivity activity(String message) {
    return author.activity(message);
  }

  /**
   * Lets the same author post another activity.
   *
   * @param message what it says; 1 to 280 characters
   * @param ttl how long it lives
   * @return the other activity
   */
  public SeedActivity activity(String message, Ttl ttl) {
    return author.activity(message, ttl);
  }

  /**
   * Lets the same author have posted another activity two days before now that expired a day before
   * now.
   *
   * @param message what it says; 1 to 280 characters
   * @return the other activity
   */
  public SeedActivity expiredActivity(String message) {
    return author.expiredActivity(message);
  }

  /**
   * Sets how often it was liked. The default is 0.
   *
   * @param count 0 or more
   * @return this activity
   */
  public SeedActivity likes(int count) {
    return set(ACTIVITIES.LIKES_COUNT, count);
  }

  /**
   * Sets how often it was reposted. The default is 0. (The number of replies is counted by the
   * database: {@link #reply} raises it.)
   *
   * @param count 0 or more
   * @return this activity
   */
  public SeedActivity reposts(int count) {
    return set(ACTIVITIES.REPOSTS_COUNT, count);
  }

  /**
   * Sets when it was posted, and not when it expires. The default is the time of the call that
   * posted it.
   *
   * @param time any time
   * @return this activity
   */
  public SeedActivity createdAt(OffsetDateTime time) {
    return set(ACTIVITIES.CREATED_AT, Objects.requireNonNull(time, "time"));
  }

  /**
   * Sets when it expires. The default is when its TTL has passed; a reply has no time of its own.
   *
   * @param time any time; null for never
   * @return this activity
   */
  public SeedActivity expiresAt(@Nullable OffsetDateTime time) {
    return set(ACTIVITIES.EXPIRES_AT, time);
  }

  private <T extends @Nullable Object> SeedActivity set(
      TableField<ActivitiesRecord, T> column, T value) {
    author
        .db()
        .dsl()
        .update(ACTIVITIES)
        .set(column, value)
        .where(ACTIVITIES.UUID.eq(uuid))
        .execute();
    return this;
  }

  /** Returns the uuid, and the handle of the author. */
  @Override
  public String toString() {
    return "activity " + uuid + " of " + author;
  }
}
