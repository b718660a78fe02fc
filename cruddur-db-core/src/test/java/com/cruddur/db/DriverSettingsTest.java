package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DriverSettingsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sslmode=allow                  | sslmode=allow",
        "sslmode=require                | sslmode=require",
        "ssl=true                       | sslmode=require",
        "sslcert=/c.crt&sslkey=/c.key   | sslcert=/c.crt sslkey=/c.key",
        "sslcert=&sslkey=&sslrootcert=  | ''",
        "sslnegotiation=postgres        | sslNegotiation=postgres",
        "connect_timeout=7              | connectTimeout=7",
        "connect_timeout=%20%2B7%0A     | connectTimeout=7",
        "connect_timeout=0              | connectTimeout=0",
        "connect_timeout=-1             | connectTimeout=0",
        "connect_timeout=2147483647     | connectTimeout=2147483",
        "application_name=a             | ApplicationName=a assumeMinServerVersion=9.0",
        "fallback_application_name=f    | ApplicationName=f assumeMinServerVersion=9.0",
        "fallback_application_name=f&application_name=a | ApplicationName=a assumeMinServerVersion=9.0",
        "fallback_application_name=f&application_name=  | ApplicationName= assumeMinServerVersion=9.0",
        "options=-c%20geqo%3Doff        | options=-c geqo=off",
        "options=                       | ''",
        "target_session_attrs=any       | targetServerType=any",
        "target_session_attrs=read-write | targetServerType=primary",
        "target_session_attrs=primary   | targetServerType=primary",
        "target_session_attrs=read-only | targetServerType=secondary",
        "target_session_attrs=standby   | targetServerType=secondary",
        "target_session_attrs=prefer-standby | targetServerType=preferSecondary",
        "load_balance_hosts=random      | loadBalanceHosts=true",
        "load_balance_hosts=disable     | loadBalanceHosts=false",
        "channel_binding=require        | channelBinding=require",
        "gssencmode=disable             | gssEncMode=disable",
        "krbsrvname=pg                  | kerberosServerName=pg",
        "gsslib=gssapi                  | gsslib=gssapi",
        "require_auth=scram-sha-256     | requireAuth=scram-sha-256",
        "require_auth=                  | ''",
        "client_encoding=UTF8           | ''",
        "client_encoding=utf-8          | ''",
        "client_encoding=auto           | ''",
        "sslcompression=0&sslsni=1&gssdelegation=0 | ''",
        "keepalives_idle=1&keepalives_interval=2&keepalives_count=3&tcp_user_timeout=4 | ''",
        "user=u&password=p&sslpassword=s&host=h&port=7&dbname=d | ''",
      })
  void translates(String query, String expected) {
    Map<String, String> properties = properties(query);
    assertThat(properties.remove("tcpKeepAlive")).isEqualTo("true");
    String joined = properties.toString().replaceAll("[{}]", "").replace(", ", " ");
    assertThat(joined).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"'', true", "keepalives=1, true", "keepalives=2, true", "keepalives=0, false"})
  void keepsConnectionAliveUnlessTold(String query, String tcpKeepAlive) {
    assertThat(properties(query)).containsExactly(Map.entry("tcpKeepAlive", tcpKeepAlive));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hostaddr",
        "service",
        "servicefile",
        "passfile",
        "requirepeer",
        "replication",
        "sslcrl",
        "sslcrldir",
        "ssl_min_protocol_version",
        "ssl_max_protocol_version",
        "sslcertmode",
        "min_protocol_version",
        "max_protocol_version",
        "scram_client_key",
        "scram_server_key",
        "sslkeylogfile",
        "oauth_issuer",
        "oauth_client_id",
        "oauth_client_secret",
        "oauth_scope"
      })
  void refusesWhatTheDriverWouldDrop(String name) {
    assertRefused(name + "=canary", name, "cannot be honoured over JDBC: leave it out");
    assertRefused(name + "=", name, "cannot be honoured over JDBC: leave it out");
  }

  @ParameterizedTest
  @CsvSource({
    "sslmode=canary, sslmode",
    "sslmode=Require, sslmode",
    "sslmode=, sslmode",
    "sslnegotiation=canary, sslnegotiation",
    "sslnegotiation=, sslnegotiation",
    "connect_timeout=canary, connect_timeout",
    "connect_timeout=, connect_timeout",
    "connect_timeout=1.5, connect_timeout",
    "connect_timeout=2147483648, connect_timeout",
    "keepalives=canary, keepalives",
    "keepalives_idle=canary, keepalives_idle",
    "keepalives_interval=, keepalives_interval",
    "keepalives_count=1x, keepalives_count",
    "tcp_user_timeout=canary, tcp_user_timeout",
    "target_session_attrs=master, target_session_attrs",
    "load_balance_hosts=true, load_balance_hosts",
    "channel_binding=canary, channel_binding",
    "gssencmode=allow, gssencmode",
    "gsslib=canary, gsslib",
    "require_auth=canary, require_auth",
    "client_encoding=LATIN1, client_encoding",
    "client_encoding=AUTO, client_encoding",
    "sslcompression=1, sslcompression",
    "sslsni=0, sslsni",
    "gssdelegation=1, gssdelegation",
  })
  void refusesValueWithTheNamesOfTheAllowedOnes(String query, String name) {
    ConnectionParameter parameter = ConnectionParameter.named(name).orElseThrow();
    assertRefused(query, name, "can be " + parameter.allowedValues());
  }

  private static void assertRefused(String query, String name, String reason) {
    ConnectionUrl url = ConnectionUrl.parse("postgresql://host/db?" + query);
    assertThatIllegalArgumentException()
        .isThrownBy(url::driverProperties)
        .withMessage("The parameter " + name + " " + reason + ".");
    assertThatIllegalArgumentException().isThrownBy(url::jdbcUrl);
  }

  @Test
  void makesNewPropertiesEachTime() {
    ConnectionUrl url = ConnectionUrl.parse("postgresql://host/db");
    url.driverProperties().setProperty("user", "changed");
    assertThat(url.driverProperties()).doesNotContainKey("user");
  }

  private static Map<String, String> properties(String query) {
    Properties properties = ConnectionUrl.parse("postgresql://host/db?" + query).driverProperties();
    Map<String, String> sorted = new TreeMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> sorted.put(name, properties.getProperty(name)));
    return sorted;
  }
}
