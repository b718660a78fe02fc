package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScriptRulesTest {

  private static final String HEAD =
      "SET LOCAL lock_timeout = '100ms';\nSET LOCAL search_path = pg_catalog;\n";

  static Stream<PendingMigration> scripts() {
    return Migrations.of(Postgres.empty().source()).plan().pending().stream()
        .filter(migration -> !migration.name().equals("V1 original_schema"));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void findNothingInOurMigrations(PendingMigration migration) {
    assertThat(ScriptRules.complaints(migration.sql(), migration.transactional())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CREATE TABLE public.a (b TIMESTAMP) | TIMESTAMP
          ALTER TABLE public.a ALTER COLUMN b TYPE text | new type
          CREATE INDEX a ON public.b (c) | without CONCURRENTLY
          CREATE UNIQUE INDEX a ON public.b (c) | without CONCURRENTLY
          DROP INDEX public.a | without CONCURRENTLY
          ALTER TABLE public.a ADD CONSTRAINT c CHECK (b > 0) | NOT VALID
          ALTER TABLE public.a ADD FOREIGN KEY (b) REFERENCES public.c (d) | NOT VALID
          ALTER TABLE public.a ADD CONSTRAINT c UNIQUE (b) | unique constraint
          ALTER TABLE public.a ADD COLUMN b uuid REFERENCES public.c (d) | REFERENCES on a column
          ALTER TABLE public.a ALTER COLUMN b SET NOT NULL | SET NOT NULL
          ALTER TABLE public.a ADD COLUMN b int NOT NULL DEFAULT 0 | new column
          ALTER TABLE public.a ADD COLUMN b uuid DEFAULT gen_random_uuid() | volatile default
          ALTER TABLE public.a DROP COLUMN b | dropped
          DROP TABLE public.a | dropped
          ALTER TABLE public.a RENAME TO b | new name
          UPDATE public.a SET b = 1 | long transaction
          DELETE FROM public.a | long transaction
          LOCK TABLE public.a | blocks everybody
          REINDEX TABLE public.a | REINDEX
          ALTER TABLE users ADD COLUMN b int | unqualified
          COMMENT ON TABLE users IS 'a' | unqualified
          DO $$ BEGIN ALTER TABLE public.a DROP COLUMN b; END $$ | dropped
          """)
  void refuseWhatBlocksOrLoses(String statement, String complaint) {
    assertThat(ScriptRules.complaints(HEAD + statement + ";", true))
        .anySatisfy(found -> assertThat(found).contains(complaint));
    assertThat(ScriptRules.complaints(HEAD + "-- safe: reviewed\n" + statement + ";", true))
        .isEmpty();
  }

  @Test
  void demandTimeOutSearchPathAndTheRightMode() {
    assertThat(ScriptRules.complaints("SELECT 1;", true))
        .containsExactly("has no lock time-out", "trusts the search_path");
    assertThat(
            ScriptRules.complaints(
                HEAD + "CREATE INDEX CONCURRENTLY IF NOT EXISTS a ON public.b (c);", true))
        .anyMatch(found -> found.startsWith("needs a .conf"))
        .anyMatch(found -> found.startsWith("IF NOT EXISTS keeps an invalid index"));
    assertThat(ScriptRules.complaints(HEAD + "SELECT 1;", false)).isNotEmpty();
    assertThat(
            ScriptRules.complaints(
                HEAD + "-- safe: really\nALTER TABLE public.a ALTER COLUMN b TYPE timestamptz;",
                true))
        .containsExactly("shifts time stamps by the zone of the session");
  }
}
