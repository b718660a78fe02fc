import com.cruddur.db.migrations.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Target;

/**
 * Generates {@code com.cruddur.db.schema}: starts an embedded PostgreSQL, applies the migrations,
 * and lets jOOQ read what they made. The build runs this file as it is; its one argument is the
 * folder for the sources.
 */
class GenerateSchema {

  public static void main(String[] arguments) throws Exception {
    Path target = Path.of(arguments[0]);
    try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
      DataSource database = server.getPostgresDatabase();
      Migrations.of(database).migrate();
      GenerationTool tool = new GenerationTool();
      tool.setDataSource(database);
      tool.run(configuration(target));
    }
  }

  private static Configuration configuration(Path target) {
    return new Configuration()
        .withGenerator(
            new Generator()
                .withDatabase(
                    new Database()
                        .withName("org.jooq.meta.postgres.PostgresDatabase")
                        .withInputSchema("public")
                        .withExcludes("flyway_schema_history|environment")
                        .withIncludeRoutines(false)
                        .withIncludeUDTs(false))
                .withGenerate(
                    new Generate()
                        .withJavaTimeTypes(true)
                        .withGlobalObjectReferences(true)
                        .withImplicitJoinPathsToMany(false)
                        .withGeneratedAnnotation(false))
                .withTarget(
                    new Target()
                        .withPackageName("com.cruddur.db.schema")
                        .withDirectory(target.toString())));
  }
}
