package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.db.internal.RdsSocketFactory;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RdsTlsTest {

  private static final String FACTORY = RdsSocketFactory.class.getName();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "db.c1a2b3.eu-west-1.rds.amazonaws.com",
        "proxy-1.proxy-c1a2b3.us-east-1.rds.amazonaws.com",
        "DB.C1.RDS.AmazonAWS.com",
        "db.c1.rds.cn-north-1.amazonaws.com.cn",
        "db.c1.cn-northwest-1.rds.amazonaws.com.cn",
        "proxy-1.proxy-c1.rds.cn-north-1.amazonaws.com.cn",
        "localhost,db.c1.eu-west-1.rds.amazonaws.com"
      })
  void verifiesInFullByDefault(String hosts) {
    assertThat(properties(hosts, ""))
        .containsEntry("sslmode", "verify-full")
        .containsEntry("sslfactory", FACTORY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rds.amazonaws.com.example",
        "xrds.amazonaws.com",
        "localhost",
        "s3.cn-north-1.amazonaws.com.cn",
        "rds.cn-north-1.amazonaws.com.cn.example"
      })
  void leavesOtherHostsToLibpqsDefault(String host) {
    assertThat(properties(host, "")).doesNotContainKeys("sslmode", "sslfactory");
  }

  @Test
  void leavesTheDecisionToAUrlThatMakesIt() {
    String host = "db.c1.rds.amazonaws.com";
    assertThat(properties(host, "?sslmode=require"))
        .containsEntry("sslmode", "require")
        .doesNotContainKey("sslfactory");
    assertThat(properties(host, "?sslmode=verify-full&sslrootcert=/my.crt"))
        .containsEntry("sslrootcert", "/my.crt")
        .doesNotContainKey("sslfactory");
  }

  @Test
  void verifiesInFullAlsoWithCertificatesOfTheUrlsOwn() {
    assertThat(properties("db.c1.rds.amazonaws.com", "?sslrootcert=/my.crt"))
        .containsEntry("sslmode", "verify-full")
        .containsEntry("sslrootcert", "/my.crt")
        .doesNotContainKey("sslfactory");
  }

  @Test
  void negotiatesDirectlyWithTheModeThatTheHostMeans() {
    String direct = "?sslnegotiation=direct";
    assertThat(properties("db.c1.rds.amazonaws.com", direct))
        .containsEntry("sslNegotiation", "direct")
        .containsEntry("sslmode", "verify-full")
        .containsEntry("sslfactory", FACTORY);
    assertThatThrownBy(() -> properties("db.c1.rds.amazonaws.com", direct + "&sslmode=prefer"))
        .hasMessageContaining("sslnegotiation");
  }

  @Test
  void opensAPoolThatNegotiatesDirectly() {
    ConnectionUrl url =
        ConnectionUrl.parse("postgresql://u@db.c1.rds.amazonaws.com/d?sslnegotiation=direct");
    try (HikariDataSource pool = PoolFactory.create(url)) {
      assertThat(pool.isRunning()).isTrue();
    }
  }

  @Test
  void canReadTheCertificates() throws Exception {
    assertThat(new RdsSocketFactory(new Properties()).getDefaultCipherSuites()).isNotEmpty();
  }

  private static Properties properties(String hosts, String parameters) {
    ConnectionUrl url = ConnectionUrl.parse("postgresql://u@" + hosts + "/d" + parameters);
    return DriverProperties.of(url, PoolSettings.builder().build());
  }
}
