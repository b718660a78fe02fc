package com.cruddur.db.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.CruddurDb;
import com.cruddur.db.PoolSettings;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A single server with writers: after each fault writes go on within a second of its return, and no
 * acknowledged write is lost or doubled. Upper bounds leave three times what is promised.
 */
abstract class ServerUnderLoad {

  static final int WRITERS = 4;
  static final Duration A_SECOND_WITH_SLACK = Duration.ofSeconds(3);

  PostgresProcess server;
  CruddurDb db;

  /** The size and the time-outs of the pool. */
  abstract PoolSettings.Builder settings();

  /** What the fault may cost. */
  abstract void assertErrors(Load load);

  PostgresProcess createServer() throws Exception {
    return PostgresProcess.create();
  }

  ConnectionUrl url() {
    return server.url();
  }

  @BeforeEach
  void start() throws Exception {
    server = createServer();
    server.execute(Load.TABLE);
    db = open(url());
  }

  @AfterEach
  void stop() throws Exception {
    db.close();
    server.close();
  }

  CruddurDb open(ConnectionUrl url) {
    return CruddurDb.builder().url(url).pool(settings().minimumIdle(WRITERS).build()).build();
  }

  void assertRecovery(String fault, Load load, long returned) throws Exception {
    load.awaitSuccessOfEachAfter(returned).close();
    Duration first = load.firstSuccessAfter(returned);
    Measured.say(fault, load, first);
    assertErrors(load);
    assertThat(first).isLessThan(A_SECOND_WITH_SLACK);
    load.assertNothingLostOrDoubled(server);
  }
}
