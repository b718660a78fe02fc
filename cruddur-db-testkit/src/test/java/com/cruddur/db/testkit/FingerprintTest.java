package com.cruddur.db.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FingerprintTest {

  @TempDir private Path temp;

  @Test
  void changesWithContentAndNameOfAFile() throws Exception {
    Path file = temp.resolve("sql/V1__first.sql");
    Files.createDirectory(file.resolveSibling(""));
    Files.writeString(file, "SELECT 1");
    String first = folder(temp);
    assertThat(folder(temp)).isEqualTo(first);
    Files.writeString(file, "SELECT 2");
    String second = folder(temp);
    assertThat(second).isNotEqualTo(first);
    Files.move(file, temp.resolve("sql/V2__first.sql"));
    assertThat(folder(temp)).isNotIn(first, second);
  }

  @Test
  void isTheSameInAJarAsInAFolder() throws Exception {
    Path jar = temp.resolve("migrations.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("sql/"));
      out.putNextEntry(new JarEntry("sql/V1__first.sql"));
      out.write("SELECT 1".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    Path folder = Files.createDirectories(temp.resolve("classes/sql"));
    Files.writeString(folder.resolve("V1__first.sql"), "SELECT 1");
    assertThat(folder(jar)).isEqualTo(folder(temp.resolve("classes")));
  }

  @Test
  void tellsClassesApart() throws Exception {
    assertThat(Fingerprint.ofClass(BaseSeed.class))
        .isEqualTo(Fingerprint.ofClass(BaseSeed.class))
        .isNotEqualTo(Fingerprint.ofClass(SeedData.class))
        .hasSize(16);
  }

  @Test
  void refusesAFolderThatIsNotThere() {
    assertThatThrownBy(() -> folder(temp))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("sql/ is not on the class path");
  }

  @Test
  void ofARecipeChangesWithTheOrderOfItsSeeds() {
    TemplateSeed base = Recipe.standard().seeds().getFirst();
    assertThat(Recipe.standard().key())
        .isEqualTo(Recipe.standard().key())
        .isNotEqualTo(new Recipe(List.of()).key())
        .isNotEqualTo(new Recipe(List.of(base, base)).key());
  }

  private static String folder(Path root) throws IOException {
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {root.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      return Fingerprint.ofFolder(loader, "sql/");
    }
  }
}
