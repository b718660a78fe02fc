package com.cruddur.db.migrations;

import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Rows that a constraint of the newest schema would refuse, or that never end for who walks them.
 *
 * @param description what is wrong with them, such as {@code users have the Cognito id of an older
 *     user}
 * @param count how many rows
 * @param examples the uuids of up to three of them
 * @param fix what resolves it
 * @since 0.1.0
 */
public record Obstacle(String description, long count, List<UUID> examples, Fix fix)
    implements Serializable {

  /** Copies the list, so that the obstacle cannot change. */
  public Obstacle {
    examples = List.copyOf(examples);
  }

  /** Returns one line with the count, the examples and the remedy. */
  @Override
  public String toString() {
    return count
        + " "
        + description
        + " (such as "
        + examples.stream().map(UUID::toString).collect(Collectors.joining(", "))
        + "): "
        + fix.call();
  }
}
