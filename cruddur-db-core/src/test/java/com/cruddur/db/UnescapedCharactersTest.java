package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnescapedCharactersTest {

  @ParameterizedTest
  @CsvSource({
    "host/db, NONE",
    "'', NONE",
    "ss@host, AT",
    "ss@host/db, AT",
    "ss@host?word, AT",
    "s/s@host/db, AT_OR_SLASH",
    "s@s/s@host/db, AT_OR_SLASH",
    "host?user=a/b@c, AT_OR_SLASH",
  })
  void findsThemByTheAtThatIsOneTooMany(String rest, UnescapedCharacters found) {
    assertThat(UnescapedCharacters.in(rest)).isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource({
    "host/db, NONE",
    "host/my@db, PERHAPS",
    "host/my@db@x, PERHAPS",
    "ss/word@host, PERHAPS",
    "ss/word@host/db, AT_OR_SLASH",
    "ss/word@host:5432, AT_OR_SLASH",
    "s@s/word@host, AT_OR_SLASH",
    "ss@host/db, AT",
  })
  void leavesADatabaseItsAtBehindUserAndPassword(String address, UnescapedCharacters found) {
    assertThat(UnescapedCharacters.behindUserInfo(address)).isEqualTo(found);
  }

  @Test
  void advisesOnlyWhereSomethingWasFound() {
    assertThat(UnescapedCharacters.NONE.refuse("Fault")).hasMessage("Fault.");
    assertThat(UnescapedCharacters.AT.refuse("Fault"))
        .hasMessage("Fault. If an @ belongs to the user name or password, write it as %40.");
  }
}
