package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;

/** What {@link ConnectionUrl#jdbcUrl()} says to the driver, and what it refuses to say. */
class JdbcUrlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "user:secret@host:7/db      | host            | 7         | db",
        "user:secret@host           | host            | 5432      | user",
        "user:secret@host/my@db     | host            | 5432      | my@db",
        "user@/db                   | localhost       | 5432      | db",
        "h1:1,h2,h3:3/db            | h1,h2,h3        | 1,5432,3  | db",
        "[::1]:7,[fe80::1%25eth0]/d | [::1],[fe80::1%eth0] | 7,5432 | d",
        "host/a%20b                 | host            | 5432      | a b",
        "host/a+b                   | host            | 5432      | a+b",
        "host/a%2Fb/c%3Fd%23e%26f   | host            | 5432      | a/b/c?d#e&f",
        "host/%25%32%30             | host            | 5432      | %20",
        "host/d%C3%A9j%C3%A0        | host            | 5432      | déjà",
        "host/💧                    | host            | 5432      | 💧",
        "host/jdbc:%5C'%22;         | host            | 5432      | jdbc:\\'\";",
        "db_1.Example-x.com/d       | db_1.Example-x.com | 5432   | d",
      })
  void meansToTheDriverWhatItMeansToLibpq(
      String rest, String hosts, String ports, String database) {
    Properties parsed = driverParse(ConnectionUrl.parse("postgresql://" + rest.strip()));
    assertThat(parsed)
        .containsEntry("PGHOST", hosts)
        .containsEntry("PGPORT", ports)
        .containsEntry("PGDBNAME", database);
  }

  @Test
  void writesBlankAsPercent20AndPlusAsPercent2B() {
    assertThat(ConnectionUrl.parse("postgresql://host/a%20b+c").jdbcUrl())
        .isEqualTo("jdbc:postgresql://host:5432/a%20b%2Bc");
  }

  @Test
  void holdsNeitherUserNorPasswordNorParameters() {
    assertThat(
            ConnectionUrl.parse(
                    "postgresql://user:secret@host/db?sslmode=require&sslpassword=secret")
                .jdbcUrl())
        .isEqualTo("jdbc:postgresql://host:5432/db");
  }

  @Test
  void givesDriverTheParametersAsProperties() {
    Properties parsed =
        driverParse(
            ConnectionUrl.parse("postgresql://h/d?options=-c%20a%3Db%26c&sslmode=verify-full"));
    assertThat(parsed).containsEntry("options", "-c a=b&c").containsEntry("sslmode", "verify-full");
  }

  private static Properties driverParse(ConnectionUrl url) {
    return Driver.parseURL(url.jdbcUrl(), url.driverProperties());
  }

  @ParameterizedTest
  @ValueSource(strings = {"%2Fvar%2Frun/db", "/db?host=/tmp", "/db?host=h1,/tmp", "/db?host=@name"})
  void refusesUnixSocket(String rest) {
    assertRefused(rest, "JDBC connects over TCP only: write localhost or the server's name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%5B%3A%3A1%5D",
        "h[%3A%3A1]",
        "a%20b",
        "a%2Fb",
        "a%5Cb",
        "a%3Fb",
        "a%23b",
        "a%25b",
        "/?host=a:b",
        "[host]:1,[::g]",
        "[::1%25a%2Fb]",
        "[%20::1]",
        "a%0Ab",
        "a%40b"
      })
  void refusesHostThatIsNone(String rest) {
    assertRefused(rest, "is no name or address of a host.");
  }

  @ParameterizedTest
  @CsvSource({
    "user:p@ss@host/db, %40",
    "user:p@@host/db, %40",
    "user:p@s/s@host/db, %2F",
    "user:12/34@host/db, %2F",
    "user:pa/ss@host/db, %2F",
    "us/er:pass@host/db, %2F",
    "user:p@ss@host/db?host=other, %40",
    "host/d@b, %40",
  })
  void refusesUnescapedCharacterThatTearsPasswordApart(String rest, String escape) {
    assertRefused(rest, escape);
  }

  private static void assertRefused(String rest, String message) {
    ConnectionUrl url = ConnectionUrl.parse("postgresql://" + rest).withDatabase("db");
    assertThatIllegalArgumentException().isThrownBy(url::jdbcUrl).withMessageContaining(message);
    assertThatIllegalArgumentException()
        .isThrownBy(url::driverProperties)
        .withMessageContaining(message);
  }

  @Test
  void refusesUriWithoutDatabaseAndUser() {
    ConnectionUrl url = ConnectionUrl.parse("postgresql://host");
    assertThatIllegalArgumentException()
        .isThrownBy(url::jdbcUrl)
        .withMessage("The URI names neither a database nor a user.");
    assertThat(url.driverProperties()).isNotEmpty();
  }

  @Test
  void refusesParameterThatJdbcCannotHonour() {
    ConnectionUrl url = ConnectionUrl.parse("postgresql://host/db?hostaddr=10.0.0.1");
    assertThatIllegalArgumentException()
        .isThrownBy(url::jdbcUrl)
        .withMessage("The parameter hostaddr cannot be honoured over JDBC: leave it out.");
  }
}
