package com.cruddur.db;

import org.jspecify.annotations.Nullable;

/**
 * Is told of each query, to make a span of it. {@code com.cruddur.db.otel.OpenTelemetryTracing}
 * does so for OpenTelemetry. Must be thread-safe and quick, and must not throw.
 *
 * @since 0.1.0
 */
public interface QueryTracing {

  /**
   * A query begins: before a connection is had for it.
   *
   * @param query its name, one of few, such as {@code activities.home}
   * @param operation what it does, such as {@code SELECT}
   * @return what is told of its end, on the same thread
   */
  Span begin(String query, String operation);

  /**
   * One query.
   *
   * @since 0.1.0
   */
  interface Span {

    /**
     * The query has a connection.
     *
     * @param database the name of the database
     * @param host that was connected to
     * @param port the TCP port
     */
    void connected(String database, String host, int port);

    /**
     * The query has ended.
     *
     * @param resultLength how many rows or elements it gave, or rows it changed
     * @param failure why it failed, or null
     */
    void end(long resultLength, @Nullable Throwable failure);
  }
}
