package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class SessionTest {

  private static final String HOSTILE =
      """
      CREATE SCHEMA evil;
      CREATE FUNCTION evil.lower(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RAISE ''hijacked''; END';
      CREATE FUNCTION evil.now() RETURNS timestamptz LANGUAGE plpgsql AS 'BEGIN RAISE ''hijacked''; END';
      CREATE FUNCTION evil.count(uuid) RETURNS bigint LANGUAGE plpgsql AS 'BEGIN RAISE ''hijacked''; END';
      CREATE FUNCTION evil.greatest_of(int, int) RETURNS int LANGUAGE sql AS 'SELECT 0';
      CREATE FUNCTION evil.to_tsvector(regconfig, text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RAISE ''hijacked''; END';
      CREATE FUNCTION evil.pg_trigger_depth() RETURNS int LANGUAGE plpgsql AS 'BEGIN RAISE ''hijacked''; END';
      CREATE FUNCTION evil.plus(int, int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RAISE ''hijacked''; END';
      CREATE OPERATOR evil.+ (LEFTARG = int, RIGHTARG = int, FUNCTION = evil.plus);
      CREATE FUNCTION evil.equal(uuid, uuid) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RAISE ''hijacked''; END';
      CREATE OPERATOR evil.= (LEFTARG = uuid, RIGHTARG = uuid, FUNCTION = evil.equal);
      DO $$ DECLARE t pg_catalog.text; BEGIN
        FOREACH t IN ARRAY ARRAY['text', 'name', 'int4', 'int8', 'oid', 'bool', '"char"', 'timestamptz'] LOOP
          EXECUTE format('CREATE FUNCTION evil.taken(%1$s, %1$s) RETURNS boolean LANGUAGE plpgsql AS ''BEGIN RAISE ''''hijacked''''; END''', t);
          EXECUTE format('CREATE OPERATOR evil.= (LEFTARG = %1$s, RIGHTARG = %1$s, FUNCTION = evil.taken)', t);
          EXECUTE format('CREATE OPERATOR evil.<> (LEFTARG = %1$s, RIGHTARG = %1$s, FUNCTION = evil.taken)', t);
        END LOOP;
      END $$;
      CREATE DOMAIN evil.text AS pg_catalog.int4;
      CREATE TABLE evil.users (evil int); CREATE TABLE evil.activities (evil int); CREATE TABLE evil.pg_class (evil int);
      DO $$ BEGIN
        EXECUTE format('ALTER DATABASE %I SET search_path = evil, public, pg_catalog', current_database());
        EXECUTE format('ALTER DATABASE %I SET statement_timeout = ''1s''', current_database());
        EXECUTE format('ALTER DATABASE %I SET TimeZone = ''Asia/Tokyo''', current_database());
      END $$""";

  @Test
  void isSafeFromAHostileSearchPath() {
    Postgres empty = Postgres.with(HOSTILE);
    Migrations.of(empty.source()).info();
    Migrations.of(empty.source()).plan();
    Migrations.of(empty.source()).validate();
    Migrations.of(empty.source()).migrate();
    assertThat(inOwnPath(empty)).isEqualTo(Postgres.migrated().schema());

    Postgres handMade = HandMade.REPLIES_AS_UUID.withRows();
    handMade.run(HOSTILE);
    Migrations.of(handMade.source()).migrate();
    for (Fix fix : Fix.values()) {
      Migrations.of(handMade.source()).fixes().apply(fix);
    }
    assertThat(inOwnPath(handMade)).isEqualTo(Postgres.migrated().schema());
    handMade.run(
        "INSERT INTO public.activities (user_uuid, message, reply_to_activity_uuid) SELECT uuid, 'x', '%s' FROM public.users LIMIT 1; DELETE FROM public.activities WHERE message = 'x'"
            .formatted(HandMade.POST));
  }

  @Test
  void tellsThatNothingMayBeWritten() {
    Postgres database = HandMade.ORIGINAL.withRows();
    database.run(
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$");
    Migrations migrations = Migrations.of(database.source());
    assertThatThrownBy(migrations::migrate)
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("default_transaction_read_only is on")
        .hasMessageContaining("Connect to the primary, or take back");
    assertThat(migrations.plan().differences()).contains("default_transaction_read_only is on");
    assertThat(migrations.info().state()).isEqualTo(SchemaState.HAND_MADE);
  }

  private static List<String> inOwnPath(Postgres database) {
    database.run(
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET ALL', current_database()); END $$");
    return database.schema();
  }

  @Test
  void isNotCutShortByATransactionTimeout() {
    Postgres database = HandMade.ORIGINAL.withRows();
    String timeout = "ALTER DATABASE " + database.name() + " SET transaction_timeout = '1s'";
    if (database.number("SELECT current_setting('server_version_num')") < 170_000) {
      // Older servers have none, so there is nothing to lift.
      assertThatThrownBy(() -> database.run(timeout)).hasMessageContaining("unrecognized");
      return;
    }
    database.run(timeout);
    assertThat(Migrations.of(slow(database.source())).migrate().schemaVersion()).isEqualTo("29");
  }

  @Test
  void isNotCutShortByASocketTimeout() throws SQLException {
    Postgres database = HandMade.ORIGINAL.withRows();
    PGSimpleDataSource impatient = database.as("postgres");
    impatient.setSocketTimeout(1);
    assertThat(Migrations.of(slow(impatient)).migrate().schemaVersion()).isEqualTo("29");
  }

  /** Spends 1.5 s inside the first transaction. */
  private static DataSource slow(DataSource source) {
    return new TrappedDataSource(
        source, 2, connection -> new Sql(connection).execute("SELECT pg_catalog.pg_sleep(1.5)"));
  }

  @Test
  void givesTheConnectionBackAsItWas() throws SQLException {
    Postgres database = HandMade.ORIGINAL.withRows();
    try (Connection connection = database.connect()) {
      Sql sql = new Sql(connection);
      sql.execute("SET TimeZone = 'Asia/Tokyo'");
      sql.execute("SET search_path = public");
      sql.execute("SET lock_timeout = '7s'");
      sql.execute("SET statement_timeout = '30s'");
      boolean transactionTimeout =
          sql.holds("pg_catalog.current_setting('transaction_timeout', true) IS NOT NULL");
      if (transactionTimeout) {
        sql.execute("SET transaction_timeout = '40s'");
      }
      connection.setNetworkTimeout(Runnable::run, 50_000);
      sql.execute("SELECT pg_advisory_lock(42)");
      sql.execute("SELECT pg_advisory_lock_shared(42, 43)");
      List<String> settings = everySetting(sql);
      List<String> locks = advisoryLocks(sql);
      connection.setAutoCommit(false);

      Migrations migrations = Migrations.of(poolOf(connection));
      migrations.migrate();
      migrations.info();
      migrations.plan();
      migrations.validate();
      migrations.fixes().recount();

      assertThat(connection.getAutoCommit()).isFalse();
      assertThat(connection.getNetworkTimeout()).isEqualTo(50_000);
      assertThat(everySetting(sql)).isEqualTo(settings);
      assertThat(advisoryLocks(sql)).isEqualTo(locks).hasSize(2);
      if (transactionTimeout) {
        assertThat(sql.texts("SHOW transaction_timeout")).containsExactly("40s");
      }
      assertThat(
              sql.texts(
                  "SELECT setting FROM pg_settings WHERE name IN ('TimeZone', 'search_path', 'lock_timeout', 'statement_timeout', 'client_connection_check_interval') ORDER BY name"))
          .containsExactlyInAnyOrder("Asia/Tokyo", "public", "7000", "30000", "0");
    }
  }

  @Test
  void givesTheConnectionBackInItsRoleAndWithoutLocks() throws SQLException {
    Postgres database = HandMade.ORIGINAL.withRows();
    database.run(
        """
        DO $$ BEGIN CREATE ROLE keeper LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
        ALTER TABLE public.users OWNER TO keeper;
        ALTER TABLE public.activities OWNER TO keeper;
        GRANT CREATE ON SCHEMA public TO keeper""");
    try (Connection connection = database.connect()) {
      Sql sql = new Sql(connection);
      for (String role : List.of("keeper", "none")) {
        sql.execute("SET ROLE " + role);
        Migrations.of(poolOf(connection)).migrate();
        assertThat(sql.texts("SHOW role")).containsExactly(role);
        assertThat(advisoryLocks(sql)).isEmpty();
      }
    }
    assertThat(database.list("SELECT DISTINCT installed_by FROM public.flyway_schema_history"))
        .containsExactly("keeper");
  }

  @Test
  void givesTheConnectionBackAfterARefusal() throws SQLException {
    Postgres database = HandMade.ORIGINAL.withRows();
    database.run("ALTER TABLE public.users ADD COLUMN mine int");
    try (Connection connection = database.connect()) {
      Sql sql = new Sql(connection);
      sql.execute("SELECT pg_advisory_lock(42)");
      List<String> settings = everySetting(sql);
      List<String> locks = advisoryLocks(sql);
      assertThatThrownBy(() -> Migrations.of(poolOf(connection)).migrate())
          .hasMessageContaining("mine");
      assertThat(everySetting(sql)).isEqualTo(settings);
      assertThat(advisoryLocks(sql)).isEqualTo(locks);
    }
  }

  @Test
  void failsWhereRowsAreHiddenFromItInsteadOfMissingThem() {
    Postgres database = HandMade.REPLIES_AS_UUID.withRows();
    Migrations.of(database.source()).migrate();
    database.run(
        """
        DO $$ BEGIN CREATE ROLE keeper LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
        ALTER TABLE public.users OWNER TO keeper;
        ALTER TABLE public.activities OWNER TO keeper;
        GRANT SELECT ON public.flyway_schema_history TO keeper;
        ALTER TABLE public.activities ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY""");
    assertThatThrownBy(() -> Migrations.of(database.as("keeper")).fixes().recount())
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("row-level security");
  }

  /** Also those that nobody thought of; what a language sets when it is loaded is not a change. */
  private static List<String> everySetting(Sql sql) throws SQLException {
    return sql.texts(
        "SELECT name || '=' || setting FROM pg_catalog.pg_settings WHERE name NOT LIKE 'plpgsql.%' ORDER BY 1");
  }

  private static List<String> advisoryLocks(Sql sql) throws SQLException {
    return sql.texts(
        """
        SELECT format('%s %s %s', objid, objsubid, mode) FROM pg_catalog.pg_locks
        WHERE locktype = 'advisory' AND pid = pg_backend_pid() ORDER BY 1""");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quote_all_identifiers = on",
        "standard_conforming_strings = off",
        "row_security = off",
        "default_text_search_config = 'pg_catalog.german'",
        "IntervalStyle = 'sql_standard'",
        "bytea_output = 'escape'",
        "extra_float_digits = 0",
        "transform_null_equals = on",
        "default_transaction_isolation = 'serializable'"
      })
  void readsTheSchemaTheSameWhateverTheRoleOrTheDatabaseSets(String setting) {
    Postgres database = HandMade.FOREIGN_KEY.withRows();
    database.run("ALTER DATABASE " + database.name() + " SET " + setting);
    Migrations migrations = Migrations.of(database.source());
    assertThat(migrations.plan().differences()).isEmpty();
    assertThat(migrations.migrate().adopted()).isTrue();
    assertThat(migrations.validate().problems()).isEmpty();
    database.run(
        """
        CREATE INDEX users_handle_key_ccnew1 ON public.users (lower(handle));
        UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'users_handle_key_ccnew1'::regclass""");
    assertThat(migrations.validate().problems()).hasSize(1);
    migrations.migrate();
    assertThat(migrations.validate().problems()).isEmpty();
    assertThat(inOwnPath(database)).isEqualTo(Postgres.migrated().schema());
  }

  @Test
  void isNotEndedWhileItIsIdle() throws SQLException {
    Postgres database = HandMade.ORIGINAL.withRows();
    database.run("ALTER DATABASE " + database.name() + " SET idle_session_timeout = '60ms'");
    try (MigrationSession other = MigrationSession.open(database.source())) {
      other.lock(Duration.ZERO);
      assertThatThrownBy(
              () -> Migrations.of(database.source()).patience(Duration.ofMillis(400)).migrate())
          .hasMessageContaining("Another migrator has been at work on this database");
    }
  }

  /** A pool of one: a second connection at the same time would wait for ever. */
  private static DataSource poolOf(Connection connection) {
    boolean[] borrowed = new boolean[1];
    return (DataSource)
        Proxy.newProxyInstance(
            SessionTest.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (self, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("getConnection");
              assertThat(borrowed[0]).isFalse();
              borrowed[0] = true;
              return Proxy.newProxyInstance(
                  SessionTest.class.getClassLoader(),
                  new Class<?>[] {Connection.class},
                  (proxy, call, values) -> {
                    if (call.getName().equals("close")) {
                      borrowed[0] = false;
                      return null;
                    }
                    try {
                      return call.invoke(connection, values);
                    } catch (InvocationTargetException failure) {
                      throw failure.getCause();
                    }
                  });
            });
  }

  @Test
  void mayBelongToAUserOfAnyName() throws SQLException {
    String name = "o'brien \"x\" \\";
    Postgres database = HandMade.EMAIL.withRows();
    String quoted = '"' + name.replace("\"", "\"\"") + '"';
    database.run("CREATE ROLE " + quoted + " LOGIN");
    database.run(
        "ALTER TABLE users OWNER TO %1$s; ALTER TABLE activities OWNER TO %1$s; GRANT USAGE, CREATE ON SCHEMA public TO %1$s"
            .formatted(quoted));
    Migrations migrations = Migrations.of(database.as(name));

    assertThat(migrations.migrate().schemaVersion()).isEqualTo("29");

    assertThat(migrations.environment("test").migrate().applied()).isEmpty();
    assertThat(migrations.validate().problems()).noneMatch(problem -> problem.contains(" V"));
    assertThat(
            database.list(
                "SELECT DISTINCT installed_by FROM flyway_schema_history UNION SELECT tableowner FROM pg_tables WHERE schemaname = 'public'"))
        .containsExactly(name);
  }
}
