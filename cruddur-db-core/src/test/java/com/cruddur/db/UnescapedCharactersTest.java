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

  @Test
  void advisesOnlyWhereSomethingWasFound() {
    assertThat(UnescapedCharacters.NONE.refuse("Fault")).hasMessage("Fault.");
    assertThat(UnescapedCharacters.AT.refuse("Fault"))
        .hasMessage("Fault. If an @ belongs to the user name or password, write it as %40.");
  }
}
