package com.cruddur.db.testkit;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.CruddurDb;
import javax.sql.DataSource;

/**
 * A database for one test: migrated, seeded with {@link BaseSeed}, and nobody else's. A clone of a
 * template, on a server that all JVMs of the account share, and that ends soon after the last of
 * them.
 *
 * <p>Thread-safe. Whoever creates one closes it, which drops it.
 *
 * @since 0.1.0
 */
public final class TestDatabase implements AutoCloseable {

  private final TestServer server;
  private final String name;

  private TestDatabase(TestServer server, String name) {
    this.server = server;
    this.name = name;
  }

  /**
   * Makes a database.
   *
   * @return a new database, for the caller to close
   * @throws LocalPostgresException if the server cannot be started; the message says why
   * @throws TestDatabaseException if the database cannot be made
   */
  public static TestDatabase create() {
    TestServer server = TestServer.get();
    return new TestDatabase(server, server.cloneTemplate());
  }

  /**
   * Returns the name of the database.
   *
   * @return a name that is unique on its server
   */
  public String name() {
    return name;
  }

  /**
   * Returns the address of the database.
   *
   * @return an address with the password
   */
  public ConnectionUrl url() {
    return server.url(name);
  }

  /**
   * Returns the address of the database for the owner of its tables, who may do everything in it.
   *
   * @return an address with the password
   */
  public ConnectionUrl ownerUrl() {
    return server.url(name);
  }

  /**
   * Returns a data source that opens a connection for each call, without a pool.
   *
   * @return a data source that needs no closing
   */
  public DataSource dataSource() {
    return server.dataSource(name);
  }

  /**
   * Opens the database as a service would.
   *
   * @return the database, for the caller to close before this object
   */
  public CruddurDb open() {
    return CruddurDb.open(url());
  }

  /** Drops the database, and ends the sessions that are left. Closing twice does nothing. */
  @Override
  public void close() {
    server.drop(name);
  }

  /** Names the database and no secret. */
  @Override
  public String toString() {
    return "TestDatabase[" + name + "]";
  }
}
