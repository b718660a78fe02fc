package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

class NewestSchemaTest {

  private static final Path RESOURCE =
      Path.of("src/main/resources/com/cruddur/db/migrations", NewestSchema.RESOURCE);

  /**
   * On every major the same. To write it anew: {@code ./mvnw test -pl cruddur-db-migrations
   * -Dschema.page=write}.
   */
  @Test
  void isWhatTheMigrationsMake() throws IOException, SQLException {
    String lines = lines(Postgres.empty());
    if (System.getProperty("schema.page", "").equals("write")) {
      Files.writeString(RESOURCE, lines);
    }
    assertThat(lines).isEqualTo(Files.readString(RESOURCE));
  }

  /** Migrates version by version, to know which one made each object what it is. */
  private static String lines(Postgres database) throws SQLException {
    Map<SchemaObject, Integer> madeBy = new LinkedHashMap<>();
    List<SchemaObject> objects = List.of();
    try (MigrationSession session = MigrationSession.open(database.source())) {
      for (int version = 1; version <= BundledMigrations.SCRIPTS.size(); version++) {
        Flyway.configure(Migrations.class.getClassLoader())
            .configuration(BundledMigrations.flyway(session).getConfiguration())
            .skipDefaultCallbacks(true)
            .target(String.valueOf(version))
            .load()
            .migrate();
        objects = Catalog.of(session.sql());
        madeBy.keySet().retainAll(objects);
        for (SchemaObject object : objects) {
          madeBy.putIfAbsent(object, version);
        }
      }
    }
    return objects.stream()
        .map(object -> new NewestSchema.Line(madeBy.get(object), object) + "\n")
        .collect(Collectors.joining());
  }

  @Test
  void isReadAsItIsWritten() throws IOException {
    assertThat(NewestSchema.lines())
        .extracting(NewestSchema.Line::toString)
        .isEqualTo(Files.readAllLines(RESOURCE));
  }
}
