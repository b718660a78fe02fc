package com.cruddur.db.activities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.db.InvalidInputException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTest extends WithActivityRows {

  private static final OffsetDateTime NOON =
      OffsetDateTime.of(2026, 11, 23, 12, 0, 0, 0, ZoneOffset.UTC);

  @Test
  void givesWhatWasFoundAsTheWebClientReadsIt() {
    UUID post = rows.post("Cloud \"project\"", NOON, null);
    SearchPage page = db.activities().search(SearchRequest.first("cloud", 10));
    assertThat(page.jsonText())
        .isEqualTo(
            """
            [{"uuid":"%s","handle":"ann","message":"Cloud \\"project\\"",\
            "created_at":"2026-11-23T12:00:00+00:00"}]"""
                .formatted(post));
    assertThat(page.rows()).isEqualTo(1);
    assertThat(page.next()).isEmpty();
  }

  @Test
  void givesAnEmptyArrayWhenNothingWasFound() {
    rows.post("cloud", NOON, null);
    assertThat(found("rain")).isEmpty();
    assertThat(found("!!!")).isEmpty();
  }

  @Test
  void putsTheBestFirstAndTheNewestOfEquals() {
    rows.post("one cloud, seen from far away", NOON, null);
    rows.post("cloud cloud cloud", NOON.minusDays(1), null);
    rows.post("one cloud, seen from very near", NOON.plusDays(1), null);
    assertThat(found("cloud"))
        .containsExactly(
            "cloud cloud cloud", "one cloud, seen from very near", "one cloud, seen from far away");
  }

  @Test
  void leavesOutRepliesAndWhatHasExpired() {
    UUID post = rows.post("cloud alive", NOON, NOON.plusYears(90));
    rows.post("cloud expired", NOON, NOON.plusSeconds(1));
    rows.reply("cloud reply", NOON, post);
    assertThat(found("cloud")).containsExactly("cloud alive");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      textBlock =
          """
          the quick ; found
          QUICK the ; found
          quick bro ; found
          bro quick ; missed
          quick fox-t ; found
          quick fox-trot ; found
          it's ; found
          quick & ! | : * ( ) ; found
          C:\\dir ; missed
          'brown':* ; found
          q ; found
          uick ; missed
          straße ; found
          STRASSE ; missed
          😀 quick ; found
          """)
  void findsAllWordsAndTheBeginningOfTheLast(String term, String outcome) {
    rows.post("The quick brown fox-trot, it's 😀 at 5th Straße", NOON, null);
    assertThat(found(term)).hasSize(outcome.equals("found") ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      textBlock =
          """
          foo-ba ; found
          foo- ; found
          fo ; found
          foo-x ; missed
          (foo-ba ; found
          "foo-ba ; found
          too,foo-ba ; found
          foo-ba\\ ; missed
          c++ ; found
          too c++ ; found
          c ; found
          b++ ; missed
          it's ; found
          it's m ; found
          it's x ; missed
          ann@exa ; found
          ann@ ; found
          ann@b ; missed
          https://example.com/pa ; found
          example.com/pa ; found
          3.1 ; found
          3.2 ; missed
          too #ta ; found
          東京 ; found
          京タ ; missed
          雨、東京 ; found
          too😀 ; found
          😀 too ; found
          too :*&|! ; found
          :*&|!too ; found
          too & fo ; found
          too :) ; found
          too - ; found
          to ; found
          to. ; missed
          too\u00a0fo ; found
          fo\u00a0 ; found
          too\u202ffo ; found
          '' too ; found
          too 'fo ; found
          ~too \' fo~ ; found
          """)
  void takesPunctuationInTheLastWordAsAReaderDoes(String term, String outcome) {
    rows.post(
        "C++ and it's mine too: foo-bar, ann@example.com, https://example.com/path, 3.14 #tag"
            + " 雨、東京タワー",
        NOON,
        null);
    assertThat(found(term)).hasSize(outcome.equals("found") ? 1 : 0);
  }

  @Test
  void findsNoOtherWordsForThoseWithPunctuation() {
    rows.post("items sold in the cloud", NOON, null);
    rows.post("food-bars", NOON, null);
    assertThat(found("it's")).isEmpty();
    assertThat(found("c++")).isEmpty();
    assertThat(found("foo-ba")).isEmpty();
  }

  @Test
  void takesEveryTermForWords() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      String term = "a" + term(random);
      assertThat(db.activities().search(SearchRequest.first(term, 5)).rows())
          .as("seed %d, term %s", seed, term)
          .isZero();
    }
  }

  private static String term(Random random) {
    String characters = "'\\\":*&|!()<-> \t\u00a0\u3000ab1\u0001\ud83d\ude00\u00df%_?$;";
    StringBuilder term = new StringBuilder();
    for (int length = random.nextInt(12); length > 0; length--) {
      int start = random.nextInt(characters.length());
      term.appendCodePoint(characters.codePointAt(start));
    }
    return term.toString().replaceAll("[\ud800-\udfff]", "");
  }

  @Test
  void pagesWithoutSkipOrRepeatWhileOthersPost() {
    for (int i = 0; i < 23; i++) {
      rows.post("cloud ".repeat(1 + i % 3), NOON.plusSeconds(i / 7), null);
    }
    List<String> seen = new ArrayList<>();
    SearchRequest request = SearchRequest.first("cloud", 5);
    SearchPage page = db.activities().search(request);
    while (true) {
      seen.addAll(uuids(page));
      if (page.next().isEmpty()) {
        break;
      }
      rows.post("cloud cloud cloud cloud", NOON.plusDays(1), null);
      SearchCursor cursor = SearchCursor.parse(page.next().get().toString());
      assertThat(cursor).isEqualTo(page.next().get());
      page = db.activities().search(request.after(cursor));
    }
    assertThat(seen).hasSize(23).doesNotHaveDuplicates();
  }

  @Test
  void ranksAThousandAfterTheOtherUntilAllWereSeen() {
    // Many share a time stamp, also where one thousand ends and the next begins.
    db.dsl()
        .execute(
            "INSERT INTO activities (user_uuid, message, created_at)"
                + " SELECT ?, repeat('cloud ', 1 + n % 3) || n,"
                + " ?::timestamptz - n / 300 * interval '1 second'"
                + " FROM generate_series(1, 2345) n",
            rows.author(), NOON);
    rows.post("cloud cloud cloud cloud cloud, but of old", NOON.minusYears(1), null);
    List<Activity> seen = searchAll("cloud", 37, () -> post("cloud ".repeat(9)));
    assertThat(seen).hasSize(2346).doesNotHaveDuplicates();
    assertThat(seen.subList(0, 1000))
        .allMatch(found -> !found.createdAt().isBefore(NOON.minusSeconds(3)));
    assertThat(ranks(seen.subList(0, 1000))).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(ranks(seen.subList(1000, 2000))).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(seen.get(2000).message()).contains("of old");
  }

  @Test
  void endsWithTheThousandthIfThatIsTheLast() {
    db.dsl()
        .execute(
            "INSERT INTO activities (user_uuid, message, created_at)"
                + " SELECT ?, 'cloud', ?::timestamptz FROM generate_series(1, 1000)",
            rows.author(),
            NOON);
    assertThat(searchAll("cloud", 100, () -> {})).hasSize(1000).doesNotHaveDuplicates();
  }

  private void post(String message) {
    rows.post(message, NOON.plusDays(1), null);
  }

  private static List<Integer> ranks(List<Activity> activities) {
    return activities.stream().map(found -> found.message().split("cloud", -1).length).toList();
  }

  private List<Activity> searchAll(String term, int limit, Runnable betweenPages) {
    SearchRequest first = SearchRequest.first(term, limit);
    List<Activity> seen = new ArrayList<>();
    Optional<SearchCursor> next = Optional.empty();
    do {
      SearchRequest request =
          next.map(cursor -> first.after(SearchCursor.parse(cursor.toString()))).orElse(first);
      SearchPage json = db.activities().search(request);
      ActivityPage<SearchCursor> page = db.activities().searchActivities(request);
      assertThat(page.activities()).hasSize(json.rows()).isNotEmpty();
      assertThat(page.next()).isEqualTo(json.next());
      seen.addAll(page.activities());
      betweenPages.run();
      next = page.next();
    } while (next.isPresent());
    return seen;
  }

  @Test
  void refusesBlankTermsForeignCursorsAndLimitsOutOfBounds() {
    assertCode("search_term_blank", () -> SearchRequest.first(" ", 5));
    assertCode("search_term_blank", () -> SearchRequest.first(null, 5));
    SearchCursor cursor =
        SearchCursor.after(
            "cloud",
            SearchCursor.Band.FIRST,
            0.5f,
            FeedCursor.after(NOON.toInstant(), rows.author()));
    assertCode("cursor_invalid", () -> SearchRequest.first("rain", 5).after(cursor));
    assertCode("cursor_invalid", () -> FeedCursor.parse(cursor.toString()));
    assertCode("cursor_invalid", () -> SearchCursor.parse(cursor + "A"));
    assertThatThrownBy(() -> SearchRequest.first("cloud", 101)).hasMessageContaining("1 to 100");
  }

  private List<String> found(String term) {
    return rows.messages(db.activities().search(SearchRequest.first(term, 10)).jsonText());
  }

  private List<String> uuids(SearchPage page) {
    return db.dsl()
        .fetch("SELECT value ->> 'uuid' FROM json_array_elements(?::json)", page.jsonText())
        .getValues(0, String.class);
  }

  private static void assertCode(String code, Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            InvalidInputException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
