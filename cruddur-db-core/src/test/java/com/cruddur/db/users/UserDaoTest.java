package com.cruddur.db.users;

import static com.cruddur.db.schema.Tables.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.HandleTakenException;
import com.cruddur.db.InvalidInputException;
import com.cruddur.db.TestServer;
import com.cruddur.db.schema.tables.records.UsersRecord;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserDaoTest {

  private static CruddurDb db;

  @BeforeAll
  static void open() {
    db = CruddurDb.open(TestServer.asApp(TestServer.migratedDatabase()));
  }

  @AfterAll
  static void close() {
    db.close();
  }

  @Test
  void storesWhatItWasGiven() {
    String name = "'; DROP TABLE users; -- \u00e9\ud83d\ude00\t\n\u0001";
    UserInsert insert = db.users().insert(NewUser.of("sub-text", name, "text", "a@b.c"));
    UsersRecord row = db.dsl().fetchSingle(USERS, USERS.UUID.eq(insert.uuid()));
    assertThat(insert.created()).isTrue();
    assertThat(row.getDisplayName()).isEqualTo(name);
    assertThat(row.getHandle()).isEqualTo("text");
    assertThat(row.getCognitoUserId()).isEqualTo("sub-text");
    assertThat(row.getEmail()).isEqualTo("a@b.c");
  }

  @Test
  void givesTheSameUserWhenCalledAgain() {
    UserInsert first = db.users().insert(NewUser.of("sub-again", "Again", "again", null));
    UserInsert second = db.users().insert(NewUser.of("sub-again", "Other", "other", null));
    assertThat(first.created()).isTrue();
    assertThat(second).isEqualTo(new UserInsert(first.uuid(), false));
    assertThat(db.dsl().fetchCount(USERS, USERS.HANDLE.eq("other"))).isZero();
  }

  @Test
  void saysThatAHandleIsTakenWhateverItsCase() {
    db.users().insert(NewUser.of("sub-taken", "Taken", "taken", null));
    assertThatThrownBy(() -> db.users().insert(NewUser.of("sub-taken-2", "B", "TAKEN", null)))
        .isInstanceOf(HandleTakenException.class)
        .hasMessageNotContaining("TAKEN");
  }

  @Test
  void takesAHandleAndAnIdAsLongAsAnIndexHolds() {
    String longest = letters(2600);
    assertThat(db.users().insert(NewUser.of(longest, "Long", longest, null)).created()).isTrue();
    assertThat(db.users().findByHandle(longest)).isPresent();
  }

  @Test
  void refusesAHandleAndAnIdThatNoIndexHolds() {
    assertThat(refusal("sub-long", letters(2601))).isEqualTo("handle_too_long");
    // In lower case, U+023A has a byte more.
    assertThat(refusal("sub-long", "\u023a".repeat(900))).isEqualTo("handle_too_long");
    assertThat(refusal(letters(2601), "long")).isEqualTo("cognito_user_id_too_long");
  }

  private static String refusal(String cognitoUserId, String handle) {
    return catchThrowableOfType(
            InvalidInputException.class, () -> NewUser.of(cognitoUserId, "Long", handle, null))
        .code();
  }

  /** At random: the server compresses what repeats. */
  private static String letters(int count) {
    return new Random(1)
        .ints(count, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void insertsOneUserWhenManyRace() throws Exception {
    for (int round = 0; round < 20; round++) {
      NewUser user = NewUser.of("sub-race-" + round, "Race", "race" + round, null);
      List<UserInsert> inserts = race(8, () -> db.users().insert(user));
      assertThat(inserts).extracting(UserInsert::uuid).containsOnly(inserts.get(0).uuid());
      assertThat(inserts).filteredOn(UserInsert::created).hasSize(1);
    }
  }

  @Test
  void leavesATransactionUsableWhenTheUserIsKnown() {
    NewUser user = NewUser.of("sub-tx", "Tx", "tx", null);
    db.users().insert(user);
    int users =
        db.transaction(
            tx -> {
              tx.users().insert(user);
              return tx.dsl().fetchCount(USERS, USERS.COGNITO_USER_ID.eq("sub-tx"));
            });
    assertThat(users).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "null, name, handle, cognito_user_id_blank",
        "' ', name, handle, cognito_user_id_blank",
        "MOCK, name, handle, cognito_user_id_blank",
        "sub, null, handle, display_name_blank",
        "sub, name, '', blank_user_handle",
      })
  void refusesWhatCruddurDoesNotAccept(String sub, String name, String handle, String code) {
    assertThatThrownBy(() -> NewUser.of(sub, name, handle, null))
        .isInstanceOfSatisfying(
            InvalidInputException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  @ParameterizedTest
  @CsvSource({"0000", "D83D", "DE00"})
  void refusesTheCharactersThatPostgresCannotStoreByName(String code) {
    String text = "a" + (char) Integer.parseInt(code, 16) + "b";
    assertThatThrownBy(() -> NewUser.of("sub", text, "handle", null))
        .hasMessageContaining("U+" + code);
    assertThatThrownBy(() -> NewUser.of("sub", "name", "handle", text))
        .hasMessageContaining("U+" + code);
    assertThatThrownBy(() -> db.users().findByHandle(text)).hasMessageContaining("U+" + code);
  }

  private static <T> List<T> race(int threads, Callable<T> work) throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<T>> futures =
          executor.invokeAll(IntStream.range(0, threads).mapToObj(i -> work).toList());
      List<T> results = new java.util.ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    }
  }
}
