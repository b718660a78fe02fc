package com.cruddur.db;

import com.cruddur.db.internal.Jooq;
import com.cruddur.db.internal.Telemetry;
import com.cruddur.db.internal.WatchedDataSource;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A Cruddur database, open for queries.
 *
 * {@snippet class="com.cruddur.db.ReadmeSnippets" region="service"}
 *
 * <p>Make one for the life of the program and share it: it is thread-safe. Whoever opened it closes
 * it; {@link #using} never closes the data source that it was given.
 *
 * @since 0.1.0
 */
public final class CruddurDb extends QuerySet implements AutoCloseable {

  private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(2);

  private final @Nullable HikariDataSource owned;
  private final ReaderOpener reader;
  private final HealthCheck health;

  private CruddurDb(
      DataSource dataSource,
      @Nullable HikariDataSource owned,
      @Nullable Clock clock,
      @Nullable Standbys standbys,
      Telemetry telemetry) {
    super(watched(dataSource, telemetry), clock);
    this.owned = owned;
    this.reader = new ReaderOpener(() -> Reader.of(standbys, source(), clock, telemetry));
    this.health =
        new HealthCheck(source(), dataSource instanceof HikariDataSource pool ? pool : null);
  }

  private static DataSource watched(DataSource dataSource, Telemetry telemetry) {
    // Before anything of jOOQ is touched: others may be opening theirs at this moment.
    Jooq.warmUp();
    return new WatchedDataSource(dataSource, telemetry);
  }

  /**
   * Opens the database that the environment variable {@code CONNECTION_URL} names.
   *
   * @return the database, with a pool of its own that {@link #close()} closes
   * @throws IllegalStateException if the variable is not set
   * @throws IllegalArgumentException if it holds no connection URI; the message names the faulty
   *     part
   * @throws ConnectionFailedException if the database cannot be reached; the message says why
   */
  public static CruddurDb open() {
    return open(ConnectionUrl.fromEnvironment());
  }

  /**
   * Opens a database.
   *
   * @param url the database
   * @return the database, with a pool of its own that {@link #close()} closes
   * @throws IllegalArgumentException if the URL asks for what JDBC cannot do
   * @throws ConnectionFailedException if the database cannot be reached; the message says why
   */
  public static CruddurDb open(ConnectionUrl url) {
    return builder().url(url).build();
  }

  /**
   * Uses connections of somebody else's data source, such as the pool of an application server.
   *
   * <p>A connection that comes with auto-commit off is taken to be in a transaction of its owner,
   * who alone commits or rolls back: {@link #transaction} is a savepoint there, and not repeated.
   * So a pool of HikariCP whose connections are all like that is refused.
   *
   * @param dataSource stays open when this object is closed
   * @return the database; it does not connect before the first query
   * @throws IllegalArgumentException if the data source is a HikariCP pool with auto-commit off
   */
  public static CruddurDb using(DataSource dataSource) {
    return builder().dataSource(dataSource).build();
  }

  /**
   * Returns a builder, for what has a default otherwise.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns what reads from standbys (replicas): those among the hosts of the URL, if it has
   * several, or those of {@link Builder#readerUrl}. While none of them answers, and if there are
   * none, the primary is read from. What goes there is the caller's to decide: a standby is a
   * moment behind the primary, so a row that was just written may be missing.
   *
   * <p>Every transaction is read-only. A call that a standby cancels to keep up (SQLSTATE 40001) is
   * repeated inside {@link CruddurQueries#transaction} alone.
   *
   * @return always the same object, with a pool of its own if there are standbys. A statement that
   *     writes gives a {@link ReadOnlyException}
   * @throws IllegalStateException if it is first asked for after {@link #close()}
   */
  public CruddurQueries reader() {
    return reader.get();
  }

  /**
   * Looks how the database is, for 2 seconds at the most.
   *
   * @return what was found out; a database that cannot be reached is no exception
   */
  public Health health() {
    return health(HEALTH_TIMEOUT);
  }

  /**
   * Looks how the database is. Takes a connection of the pool, and never longer than it may,
   * whatever server, network and pool do. While one look waits for its answer, others wait for the
   * same. What {@link #reader} reads from is looked at beside it, where there are standbys and it
   * has been asked for.
   *
   * @param timeout the longest that this takes
   * @return what was found out; a database that cannot be reached is no exception
   */
  public Health health(Duration timeout) {
    return health.look(Objects.requireNonNull(timeout, "timeout"), reader.health());
  }

  /**
   * Returns where the connections come from, for other libraries. Every connection is in UTC.
   *
   * @return a data source that is closed with this object, if this object opened it
   */
  public DataSource dataSource() {
    return owned == null ? source() : owned;
  }

  /** Closes the pool, unless it is somebody else's. Closing twice does nothing. */
  @Override
  public void close() {
    reader.close();
    if (owned != null) {
      owned.close();
      if (owned.getDataSource() instanceof DriverDataSource source) {
        source.closeAhead();
      }
    }
  }

  /**
   * Collects what a database is opened with. Not thread-safe.
   *
   * @since 0.1.0
   */
  public static final class Builder {

    private @Nullable ConnectionUrl url;
    private @Nullable DataSource dataSource;
    private PoolSettings pool = PoolSettings.builder().build();
    private @Nullable Clock clock;
    private @Nullable ConnectionUrl readerUrl;
    private @Nullable QueryTracing tracing;
    private Duration slowQueries = Telemetry.DEFAULT.slow();

    private Builder() {}

    /**
     * Sets the database. The default is what the environment variable {@code CONNECTION_URL} names.
     *
     * @param url the database
     * @return this builder
     */
    public Builder url(ConnectionUrl url) {
      this.url = Objects.requireNonNull(url, "url");
      return this;
    }

    /**
     * Sets where {@link CruddurDb#reader} reads, such as the reader endpoint of a cluster. The
     * default is the standbys among the hosts of the URL.
     *
     * @param url the same database elsewhere, with user and password
     * @return this builder
     */
    public Builder readerUrl(ConnectionUrl url) {
      this.readerUrl = Objects.requireNonNull(url, "url");
      return this;
    }

    /**
     * Uses connections of somebody else's data source, as {@link CruddurDb#using} does and with the
     * same demands on it, in the place of a pool of its own. The default is a pool for the URL.
     *
     * @param dataSource stays open when the database is closed
     * @return this builder
     * @throws IllegalArgumentException if the data source is a HikariCP pool with auto-commit off
     */
    public Builder dataSource(DataSource dataSource) {
      Objects.requireNonNull(dataSource, "dataSource");
      if (dataSource instanceof HikariDataSource given && !given.isAutoCommit()) {
        throw new IllegalArgumentException(
            "The pool "
                + given.getPoolName()
                + " has auto-commit off: what a single call writes would be rolled back. Turn it"
                + " on; transaction() turns it off where it is needed.");
      }
      this.dataSource = dataSource;
      return this;
    }

    /**
     * Sets the size and time-outs of the pool. The default is that of {@link PoolSettings}.
     *
     * @param settings the settings
     * @return this builder
     */
    public Builder pool(PoolSettings settings) {
      this.pool = Objects.requireNonNull(settings, "settings");
      return this;
    }

    /**
     * Sets the clock that activities are created and expire by. The default is the database's time.
     *
     * @param clock usually one that a test sets
     * @return this builder
     */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Sets what makes a span of each query. The default is nothing.
     *
     * @param tracing such as {@code OpenTelemetryTracing.of(openTelemetry)}
     * @return this builder
     */
    public Builder tracing(QueryTracing tracing) {
      this.tracing = Objects.requireNonNull(tracing, "tracing");
      return this;
    }

    /**
     * Sets from when on a query is slow, and logged at INFO by the logger {@code
     * com.cruddur.db.statements}. The default is 1 second.
     *
     * @param threshold connection and answer included; not negative
     * @return this builder
     */
    public Builder slowQueries(Duration threshold) {
      if (threshold.isNegative()) {
        throw new IllegalArgumentException("slowQueries must be 0 or more, not " + threshold);
      }
      this.slowQueries = threshold;
      return this;
    }

    /**
     * Opens the database. It connects at once, unless the connections are somebody else's.
     *
     * @return the database; {@link CruddurDb#close()} closes the pool of its own, if it has one
     * @throws IllegalStateException if no URL was given and {@code CONNECTION_URL} is not set
     * @throws IllegalArgumentException if the URL asks for what JDBC cannot do
     * @throws ConnectionFailedException if the database cannot be reached; the message says why
     */
    public CruddurDb build() {
      if (dataSource == null) {
        return open();
      }
      Standbys standbys = readerUrl == null ? null : Standbys.find(readerUrl, readerUrl, pool);
      return new CruddurDb(dataSource, null, clock, standbys, new Telemetry(tracing, slowQueries));
    }

    private CruddurDb open() {
      ConnectionUrl database = url == null ? ConnectionUrl.fromEnvironment() : url;
      Standbys standbys = Standbys.find(readerUrl, database, pool);
      DriverDataSource source = new DriverDataSource(database, pool);
      source.connectAhead();
      try {
        return open(PoolFactory.create(source, pool), standbys);
      } catch (RuntimeException | Error failure) {
        source.closeAhead();
        throw failure;
      }
    }

    private CruddurDb open(HikariDataSource owned, @Nullable Standbys standbys) {
      try {
        return new CruddurDb(owned, owned, clock, standbys, new Telemetry(tracing, slowQueries));
      } catch (RuntimeException | Error failure) {
        owned.close();
        throw failure;
      }
    }
  }
}
