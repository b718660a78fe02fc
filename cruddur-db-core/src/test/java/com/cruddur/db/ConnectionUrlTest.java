package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.cruddur.db.ConnectionUrl.HostPort;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionUrlTest {

  @Test
  void returnsTheParts() {
    ConnectionUrl url =
        ConnectionUrl.parse(
            "postgresql://user:sec%2Fret@h1:1,h2/cruddur?sslmode=verify-full&sslpassword=key");
    assertThat(url.user()).contains("user");
    assertThat(url.password()).contains("sec/ret");
    assertThat(url.sslPassword()).contains("key");
    assertThat(url.hosts()).containsExactly(new HostPort("h1", 1), new HostPort("h2", 5432));
    assertThat(url.database()).isEqualTo("cruddur");
    assertThat(url.parameters()).containsExactly(Map.entry("sslmode", "verify-full"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"postgresql://host", "postgresql://:@host", "postgresql://a:b@h?user=&password="})
  void takesEmptyUserAndPasswordForNone(String uri) {
    ConnectionUrl url = ConnectionUrl.parse(uri);
    assertThat(url.user()).isEmpty();
    assertThat(url.password()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://user@host, user",
    "postgresql://user@host/, user",
    "postgresql://user@host/db?dbname=, user",
    "postgresql://host/db, db",
    "postgresql://user@host/a/b, a/b",
    "postgresql://user@host/db?dbname=other, other",
  })
  void takesTheUsersNameForMissingDatabase(String uri, String database) {
    assertThat(ConnectionUrl.parse(uri).database()).isEqualTo(database);
  }

  @Test
  void neverTakesTheOperatingSystemsUser() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ConnectionUrl.parse("postgresql://host").database())
        .withMessage("The URI names neither a database nor a user.");
  }

  @Test
  void listsNeitherAddressNorUserNorSecretAsParameter() {
    assertThat(
            ConnectionUrl.parse(
                    "postgresql://h/d?user=a&password=b&sslpassword=c&host=d&port=1&dbname=e"
                        + "&scram_client_key=f&scram_server_key=g&oauth_client_secret=h&options=i")
                .parameters())
        .containsExactly(Map.entry("options", "i"));
  }

  @Test
  void returnsParametersThatNobodyCanChange() {
    Map<String, String> parameters = ConnectionUrl.parse("postgresql://h").parameters();
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> parameters.put("sslmode", "disable"));
  }

  @Test
  void namesParametersWithoutEffect() {
    assertThat(
            ConnectionUrl.parse("postgresql://h?tcp_user_timeout=1&sslmode=allow&keepalives_idle=2")
                .parametersWithoutEffect())
        .containsExactly("keepalives_idle", "tcp_user_timeout");
    assertThat(ConnectionUrl.parse("postgresql://h?keepalives=1").parametersWithoutEffect())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://cruddurroot:cruddur@cruddur:1/cruddur?application_name=cruddur",
        "postgresql://cruddurroot:cruddur@cruddur/cruddur_test",
        "postgresql://cruddurroot:cruddur@cruddur",
        "postgresql://cruddurroot:cruddur@cruddur/?dbname=cruddur",
        "postgresql://cruddurroot:cruddur@cruddur/cruddur?dbname=/cruddur&sslcert=/cruddur",
        "postgresql://[::1]/cruddur/cruddur",
        "postgresql://",
      })
  void changesTheDatabaseAndNothingElse(String uri) {
    ConnectionUrl url = ConnectionUrl.parse(uri);
    ConnectionUrl changed = url.withDatabase("post gres/x");
    assertThat(changed.database()).isEqualTo("post gres/x");
    assertThat(changed.jdbcUrl()).endsWith("/post%20gres%2Fx");
    assertThat(changed.user()).isEqualTo(url.user());
    assertThat(changed.password()).isEqualTo(url.password());
    assertThat(changed.hosts()).isEqualTo(url.hosts());
    assertThat(changed.parameters()).isEqualTo(url.parameters());
  }

  @Test
  void leavesTheOriginalAsItWas() {
    ConnectionUrl url = ConnectionUrl.parse("postgresql://h/db");
    assertThat(url.withDatabase("other")).isNotEqualTo(url);
    assertThat(url.withDatabase("db")).isEqualTo(url);
    assertThat(url.database()).isEqualTo("db");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\0b", "\uD83D"})
  void refusesNameThatIsNoDatabase(String database) {
    ConnectionUrl url = ConnectionUrl.parse("postgresql://h/db");
    assertThatIllegalArgumentException().isThrownBy(() -> url.withDatabase(database));
  }

  @Test
  @SuppressWarnings("NullAway") // The point is what happens to callers without null checks.
  void refusesNull() {
    assertThatNullPointerException().isThrownBy(() -> ConnectionUrl.parse(null));
    assertThatNullPointerException().isThrownBy(() -> ConnectionUrl.fromEnvironment(null));
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://u:p@h/d, postgres://u:%70@h/d, true",
    "postgresql://h?ssl=true, postgresql://h?sslmode=require, true",
    "postgresql://u:@h:/, postgresql://u@h, true",
    "postgresql://h/a@b, postgresql://h/a%40b, false",
    "postgresql://u:p@h/d, postgresql://u:q@h/d, false",
    "postgresql://u:p@h/d, postgresql://v:p@h/d, false",
    "postgresql://u:p@h/d, postgresql://u:p@i/d, false",
    "postgresql://u:p@h/d, postgresql://u:p@h/e, false",
    "postgresql://u:p@h/d, postgresql://u:p@h/d?sslmode=allow, false",
  })
  void isEqualWhereAllPartsAre(String first, String second, boolean equal) {
    ConnectionUrl one = ConnectionUrl.parse(first);
    ConnectionUrl other = ConnectionUrl.parse(second);
    assertThat(one.equals(other)).isEqualTo(equal);
    assertThat(other.equals(one)).isEqualTo(equal);
    if (equal) {
      assertThat(one).hasSameHashCodeAs(other);
    }
  }

  @Test
  void hidesThePasswordInItsHashCode() {
    assertThat(ConnectionUrl.parse("postgresql://u:p@h/d"))
        .hasSameHashCodeAs(ConnectionUrl.parse("postgresql://u:q@h/d"))
        .doesNotHaveSameHashCodeAs(ConnectionUrl.parse("postgresql://u:p@h/e"));
  }
}
