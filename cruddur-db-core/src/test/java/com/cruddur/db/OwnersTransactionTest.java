package com.cruddur.db;

import static com.cruddur.db.schema.Tables.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.db.internal.DelegatingDataSource;
import com.cruddur.db.json.SqlTemplate;
import com.cruddur.db.users.NewUser;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A data source that lends the connection of a transaction which somebody else began. */
class OwnersTransactionTest {

  private static final IllegalStateException NO = new IllegalStateException("no");

  private Connection owner;
  private CruddurDb outside;
  private CruddurDb db;

  @BeforeEach
  void begin() throws SQLException {
    ConnectionUrl url = TestServer.migratedDatabase();
    outside = CruddurDb.open(url);
    owner =
        DriverManager.getConnection(
            url.jdbcUrl(), url.user().orElseThrow(), url.password().orElseThrow());
    owner.setAutoCommit(false);
    db = CruddurDb.using(lending(owner, connection -> {}));
  }

  @AfterEach
  void end() throws SQLException {
    owner.close();
    outside.close();
  }

  @Test
  void isEndedByNothingThatTheLibraryDoes() throws SQLException {
    db.users().insert(user("ann"));
    db.json().execute(SqlTemplate.of("UPDATE users SET bio = 'x'"));
    db.dsl().update(USERS).set(USERS.BIO, "y").execute();
    db.activities().deleteExpired(10);
    db.<Boolean, RuntimeException>transaction(tx -> tx.users().insert(user("bob")).created());
    db.dsl().transaction(tx -> tx.dsl().fetchCount(USERS));
    assertThat(outside.dsl().fetchCount(USERS)).isZero();
    owner.rollback();
    assertThat(db.dsl().fetchCount(USERS)).isZero();
  }

  @Test
  void isEndedByNothingAlsoWhereATransactionIsTheFirstThatItSees() throws SQLException {
    db.<Boolean, RuntimeException>transaction(tx -> tx.users().insert(user("ann")).created());
    assertThat(outside.dsl().fetchCount(USERS)).isZero();
    owner.commit();
    assertThat(outside.dsl().fetchCount(USERS)).isEqualTo(1);
  }

  @Test
  void losesOnlyTheWorkThatThrows() throws SQLException {
    db.users().insert(user("ann"));
    assertThatThrownBy(
            () ->
                db.transaction(
                    tx -> {
                      tx.users().insert(user("bob"));
                      tx.dsl().execute("SELECT 1 / 0");
                      return null;
                    }))
        .isInstanceOf(CruddurDbException.class);
    assertThatThrownBy(
            () ->
                db.dsl()
                    .transaction(
                        tx -> {
                          tx.dsl().update(USERS).set(USERS.BIO, "no").execute();
                          throw NO;
                        }))
        .isSameAs(NO);
    db.<Boolean, RuntimeException>transaction(tx -> tx.users().insert(user("cid")).created());
    owner.commit();
    assertThat(outside.dsl().select(USERS.HANDLE).from(USERS).orderBy(1).fetch(USERS.HANDLE))
        .containsExactly("ann", "cid");
    assertThat(outside.dsl().fetchCount(USERS, USERS.BIO.eq("no"))).isZero();
  }

  @Test
  void isNotRepeatedInPart() {
    AtomicInteger attempts = new AtomicInteger();
    assertThatThrownBy(
            () ->
                db.transaction(
                    tx -> {
                      attempts.incrementAndGet();
                      return tx.dsl().execute("DO $$BEGIN RAISE SQLSTATE '40001'; END$$");
                    }))
        .isInstanceOf(CruddurDbException.class);
    assertThat(attempts).hasValue(1);
  }

  @Test
  void isMissedWhereTheDataSourceRollsBackWhatItGetsBack() {
    CruddurDb pooled = CruddurDb.using(lending(owner, OwnersTransactionTest::rollBack));
    assertThatThrownBy(() -> pooled.transaction(tx -> tx.users().insert(user("ann")).created()))
        .isInstanceOf(CruddurDbException.class)
        .hasMessageContaining("Turn auto-commit on in the data source");
    assertThat(outside.dsl().fetchCount(USERS)).isZero();
  }

  @Test
  void isMissedWhereTheDataSourceEndsTheSession() {
    CruddurDb unpooled = CruddurDb.using(lending(owner, OwnersTransactionTest::close));
    assertThatThrownBy(
            () ->
                unpooled.transaction(
                    tx -> {
                      tx.users().insert(user("ann"));
                      return tx.transaction(nested -> nested.users().insert(user("bob")).created());
                    }))
        .isInstanceOf(CruddurDbException.class)
        .hasMessageContaining("Turn auto-commit on in the data source");
    assertThat(outside.dsl().fetchCount(USERS)).isZero();
  }

  @Test
  void isNoneWhereAutoCommitIsOn() throws SQLException {
    owner.setAutoCommit(true);
    db.<Boolean, RuntimeException>transaction(tx -> tx.users().insert(user("ann")).created());
    assertThat(outside.dsl().fetchCount(USERS)).isEqualTo(1);
    assertThat(owner.getAutoCommit()).isTrue();
  }

  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static NewUser user(String handle) {
    return NewUser.of("sub-" + handle, handle, handle, null);
  }

  /** As a framework lends the connection that it has bound to the thread. */
  private static DataSource lending(Connection connection, Consumer<Connection> onClose) {
    Connection lent =
        (Connection)
            Proxy.newProxyInstance(
                OwnersTransactionTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("close")) {
                    onClose.accept(connection);
                    return null;
                  }
                  try {
                    return method.invoke(connection, arguments);
                  } catch (InvocationTargetException failure) {
                    throw failure.getTargetException();
                  }
                });
    return new DelegatingDataSource() {
      @Override
      public Connection getConnection() {
        return lent;
      }
    };
  }
}
