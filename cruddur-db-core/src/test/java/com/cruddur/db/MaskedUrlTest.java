package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedUrlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "user:secret@host:5432/db | user:***@host:5432/db",
        "user@host/db             | user@host:5432/db",
        ":secret@host             | :***@host:5432",
        "host?password=secret     | :***@host:5432",
        "''                       | localhost:5432",
        "a%20b@[::1],h2:2/c%2Fd   | a%20b@[::1]:5432,h2:2/c%2Fd",
        "h?ssl=true&connect_timeout=7&application_name=a%20b | h:5432?application_name=a%20b&connect_timeout=7&sslmode=require",
        "h?sslrootcert=/ca.pem    | h:5432?sslrootcert=%2Fca.pem",
        "h?sslpassword=secret     | h:5432?sslpassword=***",
        "h?options=secret         | h:5432?options=***",
        "h?sslkey=secret          | h:5432?sslkey=***",
        "h?scram_client_key=secret | h:5432?scram_client_key=***",
        "h?oauth_client_secret=secret | h:5432?oauth_client_secret=***",
        "h?sslmode=secret         | h:5432?sslmode=***",
        "h?connect_timeout=secret | h:5432?connect_timeout=***",
        "h/?application_name=a@b  | h:5432?application_name=***",
        "user:se@cret@host/db     | ***",
        "user:se/cret@host/db     | ***",
        "user:12/34@host/db       | ***",
        "user:se@cret/host@db     | ***",
        "user:secret              | ***",
        "user:secret/more         | ***",
        "h1,h2/db?port=1,2,3      | ***",
        "user%3Asecret@host       | ***@host:5432",
        "user%3Asecret%40host/db  | ***:5432/db",
        "host/secret%40host       | host:5432/***",
        "/db?host=/tmp            | ***:5432/db",
      })
  void showsWhatIsNoSecret(String rest, String expected) {
    ConnectionUrl url = ConnectionUrl.parse("postgresql://" + rest.strip());
    assertThat(url).hasToString("postgresql://" + expected);
  }
}
