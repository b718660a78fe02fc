package com.cruddur.db;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StructureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPath(compiledClasses());

  @Test
  void hasNoCycleBetweenThePackages() {
    slices().matching("com.cruddur.db.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void keepsJooqOutOfWhatALambdaLoads() {
    noClasses()
        .that()
        .resideInAnyPackage("com.cruddur.db.users", "com.cruddur.db.activities")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.jooq..")
        .check(CLASSES);
  }

  @Test
  void keepsWhatIsOptionalInPackagesOfItsOwn() {
    noClasses()
        .that()
        .resideOutsideOfPackages("com.cruddur.db.aws", "com.cruddur.db.otel")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "software.amazon..",
            "io.opentelemetry..",
            "io.micrometer..",
            "com.cruddur.db.aws",
            "com.cruddur.db.otel")
        .check(CLASSES);
  }

  @Test
  void showsNothingInternalInThePublicApi() {
    methods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat(
            resideInAPackage("com.cruddur.db.internal..").negate().and(modifier(PUBLIC)))
        .should()
        .notHaveRawReturnType(resideInAPackage("com.cruddur.db.internal.."))
        .check(CLASSES);
  }

  @Test
  void hasOnlyFinalPublicClassesButForTheRootOfTheExceptions() {
    classes()
        .that()
        .arePublic()
        .and()
        .areNotInterfaces()
        .and()
        .resideOutsideOfPackages("com.cruddur.db.schema..")
        .and()
        .doNotHaveSimpleName("CruddurDbException")
        .and()
        .doNotHaveSimpleName("DelegatingDataSource")
        .should()
        .haveModifier(FINAL)
        .check(CLASSES);
  }

  @Test
  void exportsEveryPackageButTheInternalOne() throws IOException {
    ModuleDescriptor descriptor = descriptor();
    assertThat(descriptor.name()).isEqualTo("com.cruddur.db");
    assertThat(descriptor.exports())
        .extracting(ModuleDescriptor.Exports::source)
        .containsExactlyInAnyOrder(
            "com.cruddur.db",
            "com.cruddur.db.activities",
            "com.cruddur.db.aws",
            "com.cruddur.db.json",
            "com.cruddur.db.otel",
            "com.cruddur.db.schema",
            "com.cruddur.db.schema.tables",
            "com.cruddur.db.schema.tables.records",
            "com.cruddur.db.users");
  }

  private static ModuleDescriptor descriptor() throws IOException {
    Path classes =
        Path.of(
            URI.create(
                CruddurDb.class.getProtectionDomain().getCodeSource().getLocation().toString()));
    try (InputStream file = Files.newInputStream(classes.resolve("module-info.class"))) {
      return ModuleDescriptor.read(file);
    }
  }

  private static Path compiledClasses() {
    return Path.of(
        URI.create(CruddurDb.class.getProtectionDomain().getCodeSource().getLocation().toString()));
  }
}
