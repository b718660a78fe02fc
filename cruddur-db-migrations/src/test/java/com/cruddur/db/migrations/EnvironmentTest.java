package com.cruddur.db.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class EnvironmentTest {

  @ParameterizedTest
  @CsvSource({"prod, true", "staging-2, true", "dev, false", "test, false", "local, false"})
  void isStoredAndProtectsAllButThoseOfDevelopers(String name, boolean isProtected) {
    Postgres database = Postgres.empty();
    Migrations.of(database.source()).environment(name).migrate();
    Migrations.of(database.source()).environment(name).migrate();
    Migrations.of(database.source()).migrate();

    SchemaStatus status = Migrations.of(database.source()).info();
    assertThat(status.environment()).isEqualTo(name);
    assertThat(status.isProtected()).isEqualTo(isProtected);
    assertThatThrownBy(() -> database.run("INSERT INTO environment (name) VALUES ('x')"))
        .hasMessageContaining("environment_pkey");
  }

  @Test
  void isRefusedWhereTheDatabaseHasAnother() {
    Postgres database = Postgres.empty();
    Migrations.of(database.source()).environment("prod").migrate();
    database.run("DELETE FROM public.flyway_schema_history WHERE version = '29'");

    assertThatThrownBy(() -> Migrations.of(database.source()).environment("dev").migrate())
        .isInstanceOf(MigrationException.class)
        .hasMessage(
            "This database belongs to the environment prod and not to dev."
                + " Check the address that you connect to; nothing was changed.");
    assertThat(Migrations.of(database.source()).info().schemaVersion()).isEqualTo("28");
  }

  @Test
  void withoutANameProtectsNotOnLoopback() {
    SchemaStatus status = Migrations.of(Postgres.migrated().source()).info();
    assertThat(status.environment()).isNull();
    assertThat(status.isProtected()).isFalse();
  }

  /** Whoever runs this on a machine without a network sees what loopback gives. */
  @Test
  void withoutANameProtectsOnEveryOtherAddress(@TempDir Path folder) throws IOException {
    String own = ownAddress().orElse("127.0.0.1");
    Path clients = Files.writeString(folder.resolve("hba.conf"), "host all all samehost trust\n");
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("listen_addresses", "localhost," + own)
            .setServerConfig("hba_file", clients.toString())
            .start()) {
      PGSimpleDataSource source = (PGSimpleDataSource) server.getPostgresDatabase();
      assertThat(Migrations.of(source).info().isProtected()).isFalse();
      source.setServerNames(new String[] {own});
      assertThat(Migrations.of(source).info().isProtected()).isEqualTo(!own.equals("127.0.0.1"));
      Migrations.of(source).environment("dev").migrate();
      assertThat(Migrations.of(source).info().isProtected()).isFalse();
    }
  }

  private static Optional<String> ownAddress() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .map(InetAddress::getHostAddress)
        .findFirst();
  }

  /** As of ssh -L or kubectl port-forward: both ends of each part are on loopback. */
  @Test
  void withoutANameProtectsBehindATunnel() throws IOException {
    PGSimpleDataSource source = Postgres.migrated().as("postgres");
    try (Tunnel tunnel = new Tunnel(source.getPortNumbers()[0])) {
      source.setPortNumbers(new int[] {tunnel.port()});
      assertThat(Migrations.of(source).info().isProtected()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 5432, jdbc:postgresql://localhost:5432/cruddur, true",
    "127.0.0.1, 5432, jdbc:postgresql://LOCALHOST/cruddur, true",
    "127.0.1.1, 5432, jdbc:postgresql://127.0.1.1/cruddur?user=x, true",
    "::1, 5433, jdbc:postgresql://[::1]:5433/cruddur, true",
    "127.0.0.1, 5432, jdbc:postgresql:cruddur, true",
    "127.0.0.1, 5432, jdbc:postgresql:///cruddur, true",
    "127.0.0.1, 5433, 'jdbc:postgresql://localhost:5433,127.0.0.1:5433/cruddur', true",
    "127.0.0.1, 5432, jdbc:h2:mem:cruddur, true",
    "127.0.0.1, 5432, , true",
    "127.0.0.1, 5432, jdbc:postgresql://localhost:15432/cruddur, false",
    "127.0.0.1, 5432, jdbc:postgresql://localhost:6432/cruddur, false",
    "127.0.0.1, 5432, jdbc:postgresql://db.example.org/cruddur, false",
    "127.0.0.1, 5432, jdbc:postgresql://localhost.example.org/cruddur, false",
    "127.0.0.1, 5432, jdbc:postgresql://127.0.0.1.example.org/cruddur, false",
    "127.0.0.1, 5432, 'jdbc:postgresql://localhost:5432,db.example.org:5432/cruddur', false",
    "127.0.0.1, 5432, jdbc:aws-wrapper:postgresql://db.example.org/cruddur, false",
    "10.1.2.3, 5432, jdbc:postgresql://localhost:5432/cruddur, false",
    "172.17.0.2, 5432, jdbc:postgresql://localhost:5432/cruddur, false",
    "fe80::1, 5432, jdbc:postgresql://localhost:5432/cruddur, false",
    "::127.0.0.1, 5432, jdbc:postgresql://localhost:5432/cruddur, false",
    ", 0, jdbc:postgresql://localhost/cruddur?socketFactory=unix, false"
  })
  void tellsLoopbackByBothEnds(
      @Nullable String address, int port, @Nullable String url, boolean isLoopback) {
    assertThat(new ServerPlace(address, port, url).isLoopback()).isEqualTo(isLoopback);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE public.environment (name text); INSERT INTO public.environment VALUES ('secret')",
        "CREATE TABLE public.environment (name text); INSERT INTO public.environment VALUES (NULL)",
        "CREATE TABLE public.environment (id int)",
        "CREATE VIEW public.environment AS SELECT 1 / 0 AS name",
        "CREATE EXTENSION file_fdw; CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;"
            + " CREATE FOREIGN TABLE public.environment (name text) SERVER files OPTIONS (filename '/nowhere')"
      })
  void ofSomebodyElseIsNeitherReadNorTaken(String table) {
    for (Postgres database : List.of(Postgres.with(table), HandMade.ORIGINAL.withRows())) {
      if (database.value("SELECT to_regclass('public.environment')") == null) {
        database.run(table);
      }
      Migrations migrations = Migrations.of(database.source()).environment("prod");
      assertThat(migrations.info().environment()).isNull();
      assertThatThrownBy(migrations::migrate)
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("environment")
          .hasMessageContaining("Nothing was changed")
          .message()
          .doesNotContain("secret", "belongs to");
      assertThat(migrations.plan().differences()).isNotEmpty();
      assertThat(database.value("SELECT to_regclass('public.flyway_schema_history')")).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Prod", "1", "a b", "'; DROP TABLE users"})
  void hasANameOfOneForm(String name) {
    assertThatThrownBy(() -> Migrations.of(Postgres.migrated().source()).environment(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no name of an environment");
  }
}
