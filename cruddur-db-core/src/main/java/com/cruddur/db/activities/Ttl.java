package com.cruddur.db.activities;

import com.cruddur.db.InvalidInputException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long an activity lives.
 *
 * @since 0.1.0
 */
public enum Ttl {
  /** 30 days, {@code 30-days} on the wire. */
  THIRTY_DAYS("30-days", Duration.ofDays(30)),
  /** 7 days, {@code 7-days} on the wire. */
  SEVEN_DAYS("7-days", Duration.ofDays(7)),
  /** 3 days, {@code 3-days} on the wire. */
  THREE_DAYS("3-days", Duration.ofDays(3)),
  /** 1 day, {@code 1-day} on the wire. */
  ONE_DAY("1-day", Duration.ofDays(1)),
  /** 12 hours, {@code 12-hours} on the wire. */
  TWELVE_HOURS("12-hours", Duration.ofHours(12)),
  /** 3 hours, {@code 3-hours} on the wire. */
  THREE_HOURS("3-hours", Duration.ofHours(3)),
  /** 1 hour, {@code 1-hour} on the wire. */
  ONE_HOUR("1-hour", Duration.ofHours(1));

  private final String wireName;
  private final Duration duration;

  Ttl(String wireName, Duration duration) {
    this.wireName = wireName;
    this.duration = duration;
  }

  /**
   * Returns the TTL that the web client names.
   *
   * @param wireName a name such as {@code 7-days}
   * @return the TTL
   * @throws InvalidInputException with code {@code ttl_blank} if there is no TTL of that name
   */
  public static Ttl parse(@Nullable String wireName) {
    for (Ttl ttl : values()) {
      if (ttl.wireName.equals(wireName)) {
        return ttl;
      }
    }
    throw new InvalidInputException(
        "ttl_blank",
        "The TTL is none of 30-days, 7-days, 3-days, 1-day, 12-hours, 3-hours, 1-hour.");
  }

  /**
   * Returns the name that the web client uses.
   *
   * @return a name such as {@code 7-days}
   */
  public String wireName() {
    return wireName;
  }

  /**
   * Returns the time from creation to expiry.
   *
   * @return a positive duration
   */
  public Duration duration() {
    return duration;
  }
}
