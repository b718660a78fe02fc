package com.cruddur.db.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.db.ConnectionFailedException;
import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.CruddurDb;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {

  @Test
  void isGoneWhenItIsClosedEvenWithOpenSessions() {
    ConnectionUrl url;
    CruddurDb left;
    try (TestDatabase database = TestDatabase.create()) {
      url = database.url();
      left = database.open();
    }
    assertThatThrownBy(() -> CruddurDb.open(url))
        .isInstanceOf(ConnectionFailedException.class)
        .hasMessageContaining("3D000");
    left.close();
  }

  @Test
  void holdsTheSeedOnceHoweverOftenItIsLoaded() throws Exception {
    try (TestDatabase database = TestDatabase.create();
        CruddurDb db = database.open()) {
      assertThat(BaseSeed.load(database.dataSource())).isZero();
      db.dsl().execute("DELETE FROM activities");
      assertThat(BaseSeed.load(database.dataSource())).isEqualTo(1);
    }
  }

  @Test
  void namesNoSecret() {
    try (TestDatabase database = TestDatabase.create()) {
      String password = database.url().password().orElseThrow();
      assertThat(database.toString() + database.url()).doesNotContain(password);
    }
  }
}
