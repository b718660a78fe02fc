package com.cruddur.db;

import static com.cruddur.db.ConnectionParameter.DBNAME;
import static com.cruddur.db.ConnectionParameter.HOST;
import static com.cruddur.db.ConnectionParameter.PASSWORD;
import static com.cruddur.db.ConnectionParameter.PORT;
import static com.cruddur.db.ConnectionParameter.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriParserTest {

  @ParameterizedTest
  @FieldSource("com.cruddur.db.UriSamples#READABLE")
  void readsWhatLibpqReads(String uri) {
    assertThatNoException().isThrownBy(() -> UriParser.parse(uri));
  }

  @ParameterizedTest
  @FieldSource("com.cruddur.db.UriSamples#UNREADABLE")
  void refusesWhatLibpqRefuses(String uri) {
    assertThatIllegalArgumentException().isThrownBy(() -> UriParser.parse(uri));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "user:secret@host:1/db     | user  | secret | host | 1    | db",
        "host                      | -     | -      | host | -    | -",
        "user@                     | user  | -      | -    | -    | -",
        ":secret@host              | -     | secret | host | -    | -",
        "user:@host                | user  | -      | host | -    | -",
        "user:a:b@host             | user  | a:b    | host | -    | -",
        "user:a#b?c!@host/db       | user  | a#b?c! | host | -    | db",
        "u%40s:%2F%25%3A@host      | u@s   | /%:    | host | -    | -",
        "user:a+b@host/c+d         | user  | a+b    | host | -    | c+d",
        "user:p@ss@host/db         | user  | p      | ss@host | - | db",
        "user:pa/ss@host           | -     | -      | user | pa   | ss@host",
        "host/a/b                  | -     | -      | host | -    | a/b",
        "host/%2564                | -     | -      | host | -    | %64",
        "host/db#x                 | -     | -      | host | -    | db#x",
        "[::1]:1,h2,[::2]/db       | -     | -      | ::1,h2,::2 | 1,, | db",
        "h1%2Ch2                   | -     | -      | h1,h2 | -   | -",
        "[fe80::1%25eth0]          | -     | -      | fe80::1%eth0 | - | -",
      })
  void takesUriApart(
      String rest, String user, String password, String host, String port, String database) {
    ConnectionUrl url = UriParser.parse("postgresql://" + rest.strip());
    assertThat(
            Stream.of(USER, PASSWORD, HOST, PORT, DBNAME)
                .map(url::find)
                .map(found -> found.orElse(null)))
        .containsExactly(user, password, host, port, database);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "h1:1/d?host=h2&port=2&dbname=e | h2 | 2 | e",
        "h1/d?host=h2&host=h3           | h3 | - | d",
        "h1/d?host=                     | -  | - | d",
        "h1/d?h%6Fst=h%32               | h2 | - | d",
      })
  void letsParametersOverrideTheRest(String rest, String host, String port, String database) {
    ConnectionUrl url = UriParser.parse("postgresql://" + rest.strip());
    assertThat(Stream.of(HOST, PORT, DBNAME).map(url::find).map(found -> found.orElse(null)))
        .containsExactly(host, port, database);
  }

  @Test
  void trimsBlanksAroundEachPartAndNoOtherWhiteSpace() {
    ConnectionUrl url =
        UriParser.parse("postgresql:// user : secret @ host : 1 / db\n ? sslmode = require ");
    assertThat(
            Stream.of(USER, PASSWORD, HOST, PORT, DBNAME)
                .map(url::find)
                .map(found -> found.orElse("")))
        .containsExactly("user", "secret", "host", "1", "db\n");
    assertThat(url.parameters()).containsEntry("sslmode", "require");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " postgresql://host",
        "POSTGRESQL://host",
        "postgresql:/host",
        "postgresql:host",
        "mysql://host",
        "host=localhost",
        "postgre://host",
        "postgresql+psycopg://host"
      })
  void refusesOtherSchemes(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UriParser.parse(text))
        .withMessage(
            "This is no PostgreSQL connection URI."
                + " Write postgresql://user:password@host:5432/database.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:postgresql://host/db", " JDBC:postgresql:db"})
  void saysWhatToWriteInsteadOfJdbcUrl(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UriParser.parse(text))
        .withMessageContaining("JDBC URL")
        .withMessageContaining("postgresql://user:password@host:5432/database");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"postgresql://a\0b", "\0", "postgresql://\uD83D", "postgresql://a?user=\uDCA7"})
  void refusesWhatIsNoText(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> UriParser.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "user:100%@host, password, %25",
    "us%er@host, user name, %25",
    "user:a%00b@host, password, %25",
    "user:a%FFb@host, password, %25",
    "user:a b@host, password, %20",
    "user:p@ss?word@host, parameter number 1, %40",
    "user:pa?ss/word@host, parameter number 1, %2F",
    "user:p@[ss@host, bracket, %40",
    "host/a%zz, database, %25",
    "host?user=a=b, parameter number 1, %3D",
  })
  void namesTheCharacterToEscape(String rest, String part, String escape) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UriParser.parse("postgresql://" + rest))
        .withMessageContaining(part)
        .withMessageContaining(escape);
  }

  @Test
  void givesNoAdviceOnPasswordWhenNothingPointsAtIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UriParser.parse("postgresql://user:secret@[::1/db"))
        .withMessage("An IPv6 address lacks its closing bracket.");
  }

  @Test
  void endsInValueOrIllegalArgumentException(TestReporter reporter) {
    List<String> names =
        Arrays.stream(ConnectionParameter.values()).map(ConnectionParameter::libpqName).toList();
    UriGenerator generator = new UriGenerator(UriGenerator.seed(reporter), names, true);
    for (String uri : generator.generate(20_000)) {
      useEverything(uri);
    }
  }

  private static void useEverything(String uri) {
    attempt(() -> ConnectionUrl.parse(uri.substring(1)));
    attempt(
        () -> {
          ConnectionUrl url = ConnectionUrl.parse(uri);
          assertThat(url.toString()).startsWith("postgresql://");
          assertThat(url).isEqualTo(ConnectionUrl.parse(uri)).hasSameHashCodeAs(url);
          attempt(url::hosts);
          assertThat(url.withDatabase("db").database()).isEqualTo("db");
          attempt(url::database);
          attempt(url::jdbcUrl);
          attempt(url::driverProperties);
        });
  }

  private static void attempt(Runnable use) {
    try {
      use.run();
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageEndingWith(".").hasNoCause();
    }
  }
}
