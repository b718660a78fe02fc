package com.cruddur.db.migrations;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Data that the newest schema does not allow. {@link Migrations#migrate()} changed nothing; each
 * {@linkplain #obstacles() obstacle} names the call of {@link Fixes} that resolves it.
 *
 * @since 0.1.0
 */
public final class ObstaclesException extends MigrationException {

  private static final long serialVersionUID = 1L;

  /**
   * An array, because a List is not known to be serializable.
   *
   * @serial what stands in the way, in the order in which to fix it
   */
  private final Obstacle[] obstacles;

  ObstaclesException(String heading, List<Obstacle> obstacles) {
    super(heading + obstacles.stream().map(o -> "\n  " + o).collect(Collectors.joining()));
    this.obstacles = obstacles.toArray(Obstacle[]::new);
  }

  /**
   * Returns what stands in the way, in the order in which to fix it.
   *
   * @return at least one obstacle
   */
  public List<Obstacle> obstacles() {
    return List.of(obstacles);
  }
}
