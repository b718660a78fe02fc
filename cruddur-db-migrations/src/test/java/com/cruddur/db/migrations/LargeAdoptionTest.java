package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("faults")
class LargeAdoptionTest {

  @Test
  void adoptsAMillionRowsInOneGo() {
    Postgres database = HandMade.ORIGINAL.withRows();
    database.run(
        """
        INSERT INTO public.activities (user_uuid, message, created_at, expires_at)
          SELECT (SELECT uuid FROM public.users ORDER BY handle LIMIT 1), 'post number ' || i,
            timestamp '2022-01-01' + i * interval '10 seconds',
            CASE i % 2 WHEN 0 THEN timestamp '2022-02-01' + i * interval '10 seconds' END
          FROM generate_series(1, 1000000) i""");
    List<String> before = HandMade.contentOf(database);

    MigrationReport report = Migrations.of(database.source()).migrate();

    assertThat(report.adopted()).isTrue();
    assertThat(HandMade.contentOf(database)).isEqualTo(before);
    assertThat(database.schema()).isEqualTo(Postgres.migrated().schema());
  }
}
