package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScriptRulesTest {

  private static final String HEAD =
      "SET LOCAL lock_timeout = '100ms';\nSET LOCAL search_path = pg_catalog;\n";
  private static final String CONCURRENT_HEAD =
      "SET lock_timeout = '60s';\nSET search_path = pg_catalog;\n";

  private static final String UNSAFE =
      """
      CREATE TABLE public.a (b TIMESTAMP)                                                  => TIMESTAMP
      CREATE TABLE public.a (b TIMESTAMP(6))                                               => TIMESTAMP
      CREATE TABLE public.a (b timestamp without time zone)                                => TIMESTAMP
      ALTER TABLE public.a ADD CONSTRAINT c CHECK (b > '2022-01-01'::timestamp) NOT VALID  => TIMESTAMP
      ALTER TABLE public.a ADD CONSTRAINT c CHECK (b > timestamp '2022-01-01') NOT VALID   => TIMESTAMP
      DO $$ BEGIN ALTER TABLE public.a ADD COLUMN b timestamp; END $$                      => TIMESTAMP
      CREATE TABLE public.a (b serial)                                                     => known safe forms
      CREATE TABLE public.a (b uuid REFERENCES public.c (d) ON DELETE CASCADE)             => known safe forms
      CREATE TABLE public.a AS SELECT * FROM public.b                                      => new to these
      CREATE TABLE public.a (LIKE public.b INCLUDING ALL)                                  => known safe forms
      CREATE TABLE public.a PARTITION OF public.b DEFAULT                                  => new to these
      CREATE TABLE a (b int)                                                               => unqualified
      CREATE TABLE IF NOT EXISTS public.a (b int)                                          => new to these
      CREATE UNLOGGED TABLE public.a (b int)                                               => new to these
      CREATE EXTENSION pg_trgm                                                             => new to these
      CREATE VIEW public.a AS SELECT * FROM public.b                                       => new to these
      CREATE OR REPLACE FUNCTION public.a() RETURNS int LANGUAGE sql SET search_path = pg_catalog AS $$SELECT 1$$ => new to these
      CREATE FUNCTION public.a() RETURNS int LANGUAGE sql AS $$SELECT 1$$                  => new to these
      CREATE FUNCTION public.a() RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$SELECT 1$$ => new to these
      CREATE TRIGGER a BEFORE INSERT ON public.a FOR EACH ROW EXECUTE FUNCTION public.b()  => running services
      CREATE RULE a AS ON DELETE TO public.a DO INSTEAD NOTHING                            => running services
      ALTER TABLE public.a ALTER COLUMN b TYPE text                                        => new type
      ALTER TABLE public.a ALTER b SET DATA TYPE bigint USING b::bigint                    => new type
      ALTER TABLE public.a ADD COLUMN c int, ALTER COLUMN b TYPE text                      => new type
      ALTER TYPE public.a ADD VALUE 'b'                                                    => known safe forms
      CREATE INDEX a ON public.b (c)                                                       => without CONCURRENTLY
      CREATE UNIQUE INDEX a ON public.b (c)                                                => without CONCURRENTLY
      CREATE /* hidden */ INDEX a ON public.b (c)                                          => without CONCURRENTLY
      DROP INDEX public.a                                                                  => without CONCURRENTLY
      ALTER TABLE public.a ADD CONSTRAINT c CHECK (b > 0)                                  => NOT VALID
      ALTER TABLE public.a ADD CONSTRAINT c CHECK (b <> 'NOT VALID')                       => NOT VALID
      ALTER TABLE public.a ADD CONSTRAINT c CHECK (b > 0) /* NOT VALID */                  => NOT VALID
      ALTER TABLE public.a ADD CHECK (b > 0) NOT VALID                                     => without a name
      ALTER TABLE public.a ADD FOREIGN KEY (b) REFERENCES public.c (d)                     => NOT VALID
      ALTER TABLE public.a ADD CONSTRAINT e FOREIGN KEY (b) REFERENCES public.c (d)        => NOT VALID
      ALTER TABLE public.a ADD CONSTRAINT e FOREIGN KEY (b) REFERENCES c (d) NOT VALID     => NOT VALID
      ALTER TABLE public.a ADD CONSTRAINT e FOREIGN KEY (b) REFERENCES public.c (d) ON DELETE CASCADE NOT VALID => ON DELETE
      ALTER TABLE public.a ADD CONSTRAINT c UNIQUE (b)                                     => unique constraint
      ALTER TABLE public.a ADD PRIMARY KEY (b)                                             => unique constraint
      ALTER TABLE public.a ADD CONSTRAINT c EXCLUDE USING gist (b WITH &&)                 => unique constraint
      ALTER TABLE public.a ADD COLUMN b uuid REFERENCES public.c (d)                       => REFERENCES on a column
      ALTER TABLE public.a ADD b uuid REFERENCES public.c                                  => REFERENCES on a column
      ALTER TABLE public.a ADD COLUMN b text UNIQUE                                        => unique constraint
      ALTER TABLE public.a ADD COLUMN b int CHECK (b > 0)                                  => NOT VALID
      ALTER TABLE public.a ADD COLUMN b serial                                             => type of column
      ALTER TABLE public.a ADD COLUMN b varchar(20)                                        => type of column
      ALTER TABLE public.a ADD COLUMN b int GENERATED ALWAYS AS (c * 2) STORED             => generated
      ALTER TABLE public.a ADD b int GENERATED BY DEFAULT AS IDENTITY                      => generated
      ALTER TABLE public.a ADD COLUMN b int NOT NULL DEFAULT 0                             => new column
      ALTER TABLE public.a ADD b int NOT NULL                                              => new column
      ALTER TABLE public.a ADD b int NOT/**/NULL                                           => new column
      ALTER TABLE public.a ADD COLUMN b uuid DEFAULT gen_random_uuid()                     => volatile default
      ALTER TABLE public.a ADD COLUMN b timestamptz DEFAULT clock_timestamp()              => volatile default
      ALTER TABLE public.a ADD COLUMN b timestamptz DEFAULT current_timestamp              => volatile default
      ALTER TABLE public.a ALTER COLUMN b SET NOT NULL                                     => SET NOT NULL
      ALTER TABLE public.a ALTER COLUMN "b" SET NOT NULL                                   => quoted
      ALTER TABLE public."a" ADD COLUMN b int                                              => quoted
      ALTER TABLE "public".a DROP COLUMN b                                                 => quoted
      ALTER TABLE public.a ADD COLUMN b text DEFAULT E'it\\'s'                              => escaped
      ALTER TABLE U&"publi\\0063".a ADD COLUMN b int                                        => quoted
      ALTER TABLE public.a DROP COLUMN b                                                   => dropped
      ALTER TABLE public.a ADD COLUMN c int, DROP b                                        => dropped
      ALTER TABLE public.a DROP CONSTRAINT b                                               => dropped
      ALTER TABLE public.a ALTER COLUMN b DROP DEFAULT                                     => dropped
      DROP TABLE public.a                                                                  => dropped
      DROP SCHEMA a CASCADE                                                                => dropped
      DROP FUNCTION public.a()                                                             => dropped
      DROP TRIGGER a ON public.a                                                           => dropped
      ALTER TABLE public.a RENAME TO b                                                     => new name
      ALTER TABLE public.a RENAME COLUMN b TO c                                            => new name
      ALTER INDEX public.a RENAME TO b                                                     => new name
      ALTER TABLE public.a DISABLE TRIGGER ALL                                             => running services
      ALTER TABLE public.a ENABLE ROW LEVEL SECURITY                                       => running services
      ALTER TABLE public.a INHERIT public.b                                                => known safe forms
      ALTER TABLE public.a ATTACH PARTITION public.b DEFAULT                               => known safe forms
      ALTER TABLE public.a SET LOGGED                                                      => rewrites a table
      ALTER TABLE public.a SET TABLESPACE b                                                => rewrites a table
      ALTER TABLE public.a SET (fillfactor = 70)                                           => rewrites a table
      ALTER TABLE public.a SET SCHEMA b                                                    => rewrites a table
      ALTER TABLE public.a OWNER TO b                                                      => known safe forms
      ALTER TABLE public.a CLUSTER ON b                                                    => blocks everybody
      ALTER TABLE public.a REPLICA IDENTITY FULL                                           => known safe forms
      ALTER TABLE IF EXISTS public.a ADD COLUMN b int                                      => known safe forms
      ALTER TABLE a ADD COLUMN b int                                                       => unqualified
      ALTER TABLE only a ADD COLUMN b int                                                  => unqualified
      ALTER TABLE other.a ADD COLUMN b int                                                 => known safe forms
      ALTER DATABASE a SET lock_timeout = 0                                                => known safe forms
      ALTER ROLE cruddur_app SUPERUSER                                                     => known safe forms
      ALTER SYSTEM SET fsync = off                                                         => known safe forms
      COMMENT ON TABLE users IS 'a'                                                        => unqualified
      UPDATE public.a SET b = 1                                                            => long transaction
      INSERT INTO public.a VALUES (1)                                                      => long transaction
      DELETE FROM public.a                                                                 => long transaction
      TRUNCATE public.a                                                                    => long transaction
      WITH gone AS (DELETE FROM public.a RETURNING *) SELECT count(*) FROM gone            => long transaction
      MERGE INTO public.a USING public.b ON b = c WHEN MATCHED THEN DELETE                 => long transaction
      COPY public.a FROM PROGRAM 'curl example.org'                                        => long transaction
      SELECT public.rebuild()                                                              => cannot see
      SELECT set_config('lock_timeout', '0', false)                                        => cannot see
      CALL public.rebuild()                                                                => cannot see
      DO $$ BEGIN ALTER TABLE public.a DROP COLUMN b; END $$                               => dropped
      DO $$ BEGIN UPDATE public.a SET b = 1; END $$                                        => long transaction
      DO $$ BEGIN DELETE FROM public.a; END $$                                             => long transaction
      DO $$ BEGIN EXECUTE 'DROP TABLE public.a'; END $$                                    => cannot see
      DO $$ BEGIN PERFORM public.rebuild(); END $$                                         => cannot see
      DO $$ BEGIN IF public.rebuild() THEN ALTER TABLE public.a ADD COLUMN b int; END IF; END $$ => cannot see
      DO $$ BEGIN IF EXISTS (SELECT FROM public.a) THEN ALTER TABLE public.a ADD COLUMN b int; END IF; END $$ => cannot see
      DO $$ BEGIN IF EXISTS (SELECT FROM pg_catalog.pg_class, evil.b) THEN ALTER TABLE public.a ADD COLUMN b int; END IF; END $$ => cannot see
      DO $$ BEGIN FOR i IN SELECT 1 FROM pg_catalog.pg_class LOOP DELETE FROM public.a; END LOOP; END $$ => long transaction
      DO $$ BEGIN FOR i IN 1..1000000 LOOP ALTER TABLE public.a ADD COLUMN b int; END LOOP; END $$ => cannot see
      DO $x$ BEGIN LOCK public.a; END $x$                                                  => blocks everybody
      DO LANGUAGE plpgsql 'BEGIN DELETE FROM public.a; END'                                => cannot see
      LOCK public.a                                                                        => blocks everybody
      LOCK TABLE public.a IN SHARE MODE                                                    => blocks everybody
      VACUUM FULL public.a                                                                 => blocks everybody
      VACUUM (FULL) public.a                                                               => blocks everybody
      CLUSTER public.a USING b                                                             => blocks everybody
      REINDEX TABLE public.a                                                               => blocks everybody
      REINDEX (VERBOSE) SCHEMA public                                                      => blocks everybody
      REFRESH MATERIALIZED VIEW public.a                                                   => blocks everybody
      GRANT ALL ON public.a TO PUBLIC                                                      => afterMigrate
      REVOKE SELECT ON public.a FROM cruddur_app                                           => afterMigrate
      SET LOCAL lock_timeout = 0                                                           => time-out
      SET LOCAL search_path = public                                                       => time-out
      SET ROLE postgres                                                                    => time-out
      RESET ALL                                                                            => time-out
      COMMIT                                                                               => time-out
      NOTIFY a                                                                             => known safe forms
      ALTER TABLE public.a ADD COLUMN b int) DROP COLUMN c                                 => type of column
      ALTER TABLE public.a ADD COLUMN b text DEFAULT 'no end                               => volatile default
      """;

  private static final String UNSAFE_CONCURRENTLY =
      """
      CREATE INDEX CONCURRENTLY a ON public.b (c)                                          => invalid index
      CREATE INDEX CONCURRENTLY IF NOT EXISTS a ON public.b (c)                            => IF NOT EXISTS
      CREATE INDEX CONCURRENTLY ON public.b (c)                                            => without CONCURRENTLY
      DROP INDEX CONCURRENTLY IF EXISTS public.x; CREATE INDEX CONCURRENTLY a ON public.b (c) => invalid index
      DROP INDEX CONCURRENTLY IF EXISTS a; CREATE INDEX CONCURRENTLY a ON public.b (c)     => unqualified
      DROP INDEX CONCURRENTLY IF EXISTS public.a; CREATE INDEX CONCURRENTLY a ON b (c)     => unqualified
      DROP INDEX CONCURRENTLY IF EXISTS public.a                                           => missed
      DROP INDEX CONCURRENTLY IF EXISTS public.a; CREATE INDEX a ON public.b (c); DROP INDEX CONCURRENTLY IF EXISTS public.b => without CONCURRENTLY
      DROP INDEX CONCURRENTLY IF EXISTS public.a; CREATE INDEX CONCURRENTLY a ON public.b (c) TABLESPACE d => without CONCURRENTLY
      REINDEX INDEX CONCURRENTLY public.a                                                  => blocks everybody
      REINDEX TABLE CONCURRENTLY public.a                                                  => blocks everybody
      REINDEX (CONCURRENTLY) DATABASE a                                                    => blocks everybody
      DROP INDEX CONCURRENTLY IF EXISTS public.a; CREATE INDEX CONCURRENTLY a ON public.b (c); ALTER TABLE public.b ADD COLUMN d int => known safe forms
      """;

  private static final String SAFE =
      """
      ALTER TABLE public.a ADD COLUMN b text
      ALTER TABLE ONLY public.a ADD b int DEFAULT 0, ADD COLUMN IF NOT EXISTS c timestamp with time zone
      ALTER TABLE public.a ADD COLUMN b numeric(10, 2) DEFAULT -1.5, ADD COLUMN c text[] DEFAULT '{}'
      ALTER TABLE public.a ADD CONSTRAINT b CHECK (length(c) > 0 AND d IS NOT NULL) NOT VALID
      ALTER TABLE public.a ADD CONSTRAINT b FOREIGN KEY (c) REFERENCES public.d (e) NOT VALID
      ALTER TABLE public.a VALIDATE CONSTRAINT b, VALIDATE CONSTRAINT c
      ALTER TABLE public.a ALTER COLUMN b DROP NOT NULL, ALTER c SET DEFAULT 'it''s'
      CREATE TABLE public.a (b uuid PRIMARY KEY DEFAULT gen_random_uuid(), c uuid NOT NULL REFERENCES public.d (e), f timestamptz NOT NULL DEFAULT current_timestamp, CONSTRAINT g CHECK (f > '2022-01-01'), CONSTRAINT h UNIQUE (c))
      COMMENT ON TABLE public.a IS 'A TIMESTAMP; DROP TABLE public.a'
      COMMENT ON COLUMN public.a.b IS 'b'
      COMMENT ON FUNCTION public.a(int) IS NULL
      CREATE FUNCTION public.a() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$ BEGIN DELETE FROM public.b; RETURN NULL; END $$; REVOKE EXECUTE ON FUNCTION public.a() FROM PUBLIC
      DO $$ DECLARE x name; BEGIN IF EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid WHERE relname = 'a') THEN ALTER TABLE public.a ADD COLUMN b int; ELSE ALTER TABLE public.a ADD COLUMN c int; END IF; END $$
      DO $$ BEGIN IF to_regclass('public.a') IS NULL THEN RAISE EXCEPTION 'a is missing'; END IF; END $$
      """;

  static Stream<PendingMigration> scripts() {
    return Migrations.of(Postgres.empty().source()).plan().pending().stream()
        .filter(migration -> !migration.name().equals("V1 original_schema"));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void findNothingInOurMigrations(PendingMigration migration) {
    assertThat(ScriptRules.complaints(migration.sql(), migration.transactional())).isEmpty();
  }

  private static Stream<String[]> lines(String table) {
    return table.lines().map(line -> line.split("\\s+=> "));
  }

  static Stream<String[]> unsafe() {
    return lines(UNSAFE);
  }

  @ParameterizedTest
  @MethodSource("unsafe")
  void refuseWhatBlocksOrLoses(String statement, String complaint) {
    assertThat(ScriptRules.complaints(HEAD + statement + ";", true))
        .anySatisfy(found -> assertThat(found).contains(complaint));
  }

  @ParameterizedTest
  @MethodSource("unsafe")
  void refuseNothingThatAReviewerFoundSafe(String statement) {
    String utc = "SET LOCAL TimeZone = 'UTC';\n";
    assertThat(ScriptRules.complaints(HEAD + utc + "-- safe: reviewed\n" + statement + ";", true))
        .isEmpty();
  }

  static Stream<String[]> unsafeConcurrently() {
    return lines(UNSAFE_CONCURRENTLY);
  }

  @ParameterizedTest
  @MethodSource("unsafeConcurrently")
  void refuseIndexesThatAKillLeavesInvalid(String statements, String complaint) {
    assertThat(ScriptRules.complaints(CONCURRENT_HEAD + statements + ";", false))
        .anySatisfy(found -> assertThat(found).contains(complaint));
  }

  static Stream<String> safe() {
    return SAFE.lines();
  }

  @ParameterizedTest
  @MethodSource("safe")
  void letPassWhatIsKnownToBeSafe(String statement) {
    assertThat(ScriptRules.complaints(HEAD + statement + ";", true)).isEmpty();
  }

  static Stream<String[]> beginnings() {
    return lines(
        """
        SELECT 1; => no lock time-out
        SET LOCAL lock_timeout = '0'; SET LOCAL search_path = pg_catalog; => no lock time-out
        SET LOCAL lock_timeout = '0ms'; SET LOCAL search_path = pg_catalog; => no lock time-out
        SET LOCAL lock_timeout = '0s'; SET LOCAL search_path = pg_catalog; => no lock time-out
        SET LOCAL lock_timeout = '101ms'; SET LOCAL search_path = pg_catalog; => no lock time-out
        SET LOCAL lock_timeout = '1s'; SET LOCAL search_path = pg_catalog; => no lock time-out
        SET lock_timeout = '100ms'; SET LOCAL search_path = pg_catalog; => no lock time-out
        -- SET LOCAL lock_timeout = '100ms'; SET LOCAL search_path = pg_catalog; => no lock time-out
        ALTER TABLE public.a ADD COLUMN b int; SET LOCAL lock_timeout = '100ms'; SET LOCAL search_path = pg_catalog; => no lock time-out
        SET LOCAL lock_timeout = '100ms'; ALTER TABLE public.a ADD COLUMN b int; => trusts the search_path
        SET LOCAL lock_timeout = '100ms'; SET LOCAL search_path = pg_catalog, public; => trusts the search_path
        SET LOCAL lock_timeout = '100ms'; SET search_path = pg_catalog; => trusts the search_path
        """);
  }

  @ParameterizedTest
  @MethodSource("beginnings")
  void demandTimeOutAndSearchPathBeforeAnythingElse(String script, String complaint) {
    assertThat(ScriptRules.complaints(script, true))
        .anySatisfy(found -> assertThat(found).contains(complaint));
  }

  @Test
  void limitTheLongerTimeOutOfIndexes() {
    String index =
        "DROP INDEX CONCURRENTLY IF EXISTS public.a; CREATE INDEX CONCURRENTLY a ON public.b (c) WHERE d;";
    assertThat(ScriptRules.complaints(CONCURRENT_HEAD + index, false)).isEmpty();
    assertThat(ScriptRules.complaints(CONCURRENT_HEAD.replace("60s", "0s") + index, false))
        .containsExactly("has no lock time-out: begin with SET lock_timeout = '60s';");
    assertThat(ScriptRules.complaints(CONCURRENT_HEAD.replace("60s", "61s") + index, false))
        .hasSize(1);
    assertThat(ScriptRules.complaints(HEAD + index, true))
        .anyMatch(found -> found.startsWith("needs a .conf"));
    assertThat(ScriptRules.complaints(CONCURRENT_HEAD + "SELECT 1;", false))
        .anyMatch(found -> found.startsWith("needs a .conf"));
  }

  @Test
  void refuseATypeOfTimeThatTheZoneOfTheSessionShifts() {
    String change = "-- safe: really\nALTER TABLE public.a ALTER COLUMN b TYPE timestamptz;";
    assertThat(ScriptRules.complaints(HEAD + change, true))
        .containsExactly(
            "shifts time stamps by the zone of the session: SET LOCAL TimeZone = 'UTC'; before it");
    assertThat(ScriptRules.complaints(HEAD + change + " SET LOCAL TimeZone = 'UTC';", true))
        .hasSize(1);
    assertThat(ScriptRules.complaints(HEAD + "SET LOCAL TimeZone = 'UTC';\n" + change, true))
        .isEmpty();
  }

  @Test
  void refuseAValidationUnderTheLockOfAnotherStatement() {
    String add = "ALTER TABLE public.a ADD CONSTRAINT c CHECK (b > 0) NOT VALID";
    String validate = "ALTER TABLE public.a VALIDATE CONSTRAINT c";
    for (String both :
        new String[] {
          add + "; " + validate,
          add + ", VALIDATE CONSTRAINT c",
          "ALTER TABLE public.a VALIDATE CONSTRAINT d, ADD COLUMN e int",
          "DO $$ BEGIN " + add + "; " + validate + "; END $$"
        }) {
      assertThat(ScriptRules.complaints(HEAD + both + ";", true))
          .containsExactly(
              "VALIDATE reads the table under the lock of the others: a migration of its own");
    }
    assertThat(ScriptRules.complaints(HEAD + add + ";\n-- safe: empty\n" + validate + ";", true))
        .isEmpty();
  }

  @Test
  void refuseTwoLockedTablesAtOnce() {
    String first = "ALTER TABLE public.a ADD COLUMN c int;";
    String second = "ALTER TABLE public.b ADD COLUMN c int;";
    assertThat(ScriptRules.complaints(HEAD + first + second, true))
        .containsExactly("locks [a, b] at once: one table in a migration");
    assertThat(ScriptRules.complaints(HEAD + first + "\n-- safe: nobody uses b\n" + second, true))
        .isEmpty();
  }

  @Test
  void takeNoCommentOfAnotherKindForAReview() {
    for (String comment :
        new String[] {"-- safe:\n", "-- safe: \n", "/* -- safe: no */", "-- unsafe: no\n"}) {
      assertThat(ScriptRules.complaints(HEAD + comment + "DROP TABLE public.a;", true)).hasSize(1);
    }
    String next = "-- safe: for the first alone\nDROP TABLE public.a; DROP TABLE public.b;";
    assertThat(ScriptRules.complaints(HEAD + next, true))
        .singleElement(InstanceOfAssertFactories.STRING)
        .endsWith("drop table public.b");
    assertThat(ScriptRules.complaints(HEAD + "DROP TABLE public.a -- safe: too late\n;", true))
        .hasSize(1);
  }

  @Test
  void takeNoCommentBehindAStatementForAReviewOfTheNext() {
    String add = "ALTER TABLE public.a ADD COLUMN c int; -- safe: nullable\n";
    assertThat(ScriptRules.complaints(HEAD + add + "DROP TABLE public.b;", true))
        .singleElement(InstanceOfAssertFactories.STRING)
        .endsWith("drop table public.b");
    assertThat(ScriptRules.complaints(HEAD + add + "  -- safe: unused\nDROP TABLE public.b;", true))
        .isEmpty();
  }

  @Test
  void countTheTablesThatANewOneRefersTo() {
    String one =
        "CREATE TABLE public.f (u uuid REFERENCES public.a (b), v uuid REFERENCES public.f (u));";
    String two =
        "CREATE TABLE public.f (u uuid REFERENCES public.a (b), v uuid, FOREIGN KEY (v) REFERENCES public.b (c));";
    String alter = "ALTER TABLE public.b ADD COLUMN x int;";
    for (String script :
        new String[] {one + alter, two.replace("FOREIGN", "CONSTRAINT g FOREIGN")}) {
      assertThat(ScriptRules.complaints(HEAD + script, true))
          .containsExactly("locks [a, b] at once: one table in a migration");
    }
    assertThat(ScriptRules.complaints(HEAD + one, true)).isEmpty();
    assertThat(ScriptRules.complaints(HEAD + "-- safe: reviewed\n" + one + alter, true)).isEmpty();
    String key =
        "ALTER TABLE public.b ADD CONSTRAINT k FOREIGN KEY (c) REFERENCES public.d (e) NOT VALID;";
    assertThat(ScriptRules.complaints(HEAD + key, true)).isEmpty();
    assertThat(ScriptRules.complaints(HEAD + one + key, true))
        .containsExactly("locks [a, b] at once: one table in a migration");
  }

  @Test
  void refuseToPutAnotherIndexInThePlaceOfOneThatServicesUse() {
    for (String index : new String[] {"activities_home_feed_idx", "users_pkey"}) {
      String anew =
          "DROP INDEX CONCURRENTLY IF EXISTS public.%1$s; CREATE INDEX CONCURRENTLY %1$s ON public.users (bio);"
              .formatted(index);
      assertThat(ScriptRules.complaints(CONCURRENT_HEAD + anew, false))
          .containsExactly(
              "index " + index + " is of another migration, and missed meanwhile: take a new name");
      assertThat(ScriptRules.complaints(CONCURRENT_HEAD + "-- safe: unused\n" + anew, false))
          .isEmpty();
    }
  }
}
