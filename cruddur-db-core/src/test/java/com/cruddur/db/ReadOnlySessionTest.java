package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.db.users.NewUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions that default_transaction_read_only makes as those of a replica. */
class ReadOnlySessionTest {

  private static final String SETTING = "default_transaction_read_only";
  private ConnectionUrl url;
  private CruddurDb db;

  @BeforeEach
  void open() {
    url = TestServer.migratedDatabase();
    TestServer.execute("ALTER DATABASE " + url.database() + " SET " + SETTING + " = on");
    db = CruddurDb.open(url);
  }

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void areGivenUpAndTheMessageSaysWhereToLook() {
    Object backend = backend();
    assertThatThrownBy(this::write)
        .isInstanceOf(CruddurDbException.class)
        .hasMessageContaining("SQLSTATE 25006")
        .hasMessageContaining(SETTING)
        .hasMessageContaining("target_session_attrs=read-write");
    assertThat(backend()).isNotEqualTo(backend);
    TestServer.execute("ALTER DATABASE " + url.database() + " RESET " + SETTING);
    assertThatThrownBy(this::write).hasMessageContaining("25006");
    assertThat(write()).isTrue();
  }

  @Test
  void areKeptWhereTheUrlAsksForAReplica() {
    ConnectionUrl reader =
        ConnectionUrl.parse(
            url.toString().replace("***", "postgres") + "?target_session_attrs=prefer-standby");
    try (CruddurDb replica = CruddurDb.open(reader)) {
      Object backend = replica.dsl().fetchValue("SELECT pg_backend_pid()");
      assertThatThrownBy(() -> replica.users().insert(NewUser.of("sub", "Ann", "ann", null)))
          .hasMessageContaining("25006");
      assertThat(replica.dsl().fetchValue("SELECT pg_backend_pid()")).isEqualTo(backend);
    }
  }

  private Object backend() {
    return db.dsl().fetchValue("SELECT pg_backend_pid()");
  }

  private boolean write() {
    return db.users().insert(NewUser.of("sub", "Ann", "ann", null)).created();
  }
}
