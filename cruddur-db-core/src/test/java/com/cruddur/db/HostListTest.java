package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cruddur.db.ConnectionUrl.HostPort;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostListTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "host                  | host:5432",
        "''                    | localhost:5432",
        "/db                   | localhost:5432",
        ":1                    | localhost:1",
        "host:                 | host:5432",
        "h1:1,h2:2             | h1:1 h2:2",
        "h1:1,h2               | h1:1 h2:5432",
        "h1,h2:2               | h1:5432 h2:2",
        "h1,,h3                | h1:5432 localhost:5432 h3:5432",
        "h1,h2?port=7          | h1:7 h2:7",
        "h1,h2?port=7,         | h1:7 h2:5432",
        "h1,h2?port=           | h1:5432 h2:5432",
        "h1%2Ch2:7             | h1:7 h2:7",
        "h1:1%2C2,h3           | faulty",
        "?host=::1&port=7      | [::1]:7",
        "[::1]:7,[fe80::1%25a] | [::1]:7 [fe80::1%a]:5432",
        "host?port=%2007%0A    | host:7",
        "host?port=%2B7        | host:7",
        "host:65535            | host:65535",
      })
  void pairsHostsWithPortsAsLibpqDoes(String rest, String expected) {
    assertThat(describe("postgresql://" + rest.strip())).isEqualTo(expected);
  }

  private static String describe(String uri) {
    try {
      return ConnectionUrl.parse(uri).hosts().stream()
          .map(HostPort::toString)
          .collect(Collectors.joining(" "));
    } catch (IllegalArgumentException refused) {
      return "faulty";
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "h:0",
        "h:65536",
        "h:-1",
        "h:port",
        "h:1:2",
        "h:0x10",
        "h:1%C2%A02",
        "h:%201%20x",
        "h:%20",
        "h:99999999999",
        "::1",
        "h:%D9%A1"
      })
  void refusesWhatIsNoPort(String rest) {
    ConnectionUrl url = ConnectionUrl.parse("postgresql://" + rest);
    assertThatIllegalArgumentException()
        .isThrownBy(url::hosts)
        .withMessage(
            "The port of host number 1 is no number from 1 to 65535"
                + " (an IPv6 address is written in brackets).");
  }

  @ParameterizedTest
  @ValueSource(strings = {"h?port=1,2", "h1,h2?port=1,2,3", "h1,h2,h3?port=1,2"})
  void refusesOtherNumberOfPorts(String rest) {
    ConnectionUrl url = ConnectionUrl.parse("postgresql://" + rest);
    assertThatIllegalArgumentException()
        .isThrownBy(url::hosts)
        .withMessage("The number of ports in port is neither one nor that of the hosts.");
  }

  @Test
  void saysWhichCharacterMayHaveMadePasswordToPort() {
    ConnectionUrl url = ConnectionUrl.parse("postgresql://user:pa/ss@host/db");
    assertThatIllegalArgumentException()
        .isThrownBy(url::hosts)
        .withMessageContaining("%2F")
        .withMessageNotContaining("pa/")
        .withMessageNotContaining("ss@");
  }

  @Test
  void returnsAddressWithoutBrackets() {
    assertThat(ConnectionUrl.parse("postgresql://[::1]:7").hosts())
        .containsExactly(new HostPort("::1", 7));
  }

  @Test
  void refusesHostPortThatIsNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> new HostPort("", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new HostPort("host", 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new HostPort("host", 65536));
  }
}
