package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OptionalDependenciesTest {

  private static final String OPTIONAL =
      ".*/(software/amazon/awssdk|io/opentelemetry|io/micrometer)/.*";

  @Test
  void changeNothingByTheirAbsence() throws Exception {
    String shown = run(PlainProgram.class, TestServer.migratedDatabase());
    assertThat(shown)
        .startsWith("[]\nOptional.empty true\nreflected\n")
        .contains("Credentials from AWS need software.amazon.awssdk:http-auth-aws")
        .doesNotContain("Exception", "NoClassDefFound");
  }

  private static String run(Class<?> program, ConnectionUrl url) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-cp",
            classPathWithoutThem(),
            program.getName(),
            url.toString().replace("***", "postgres"),
            CruddurDb.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    Process process = builder.redirectErrorStream(true).start();
    String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(shown).isZero();
    return shown;
  }

  private static String classPathWithoutThem() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.matches(OPTIONAL))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
