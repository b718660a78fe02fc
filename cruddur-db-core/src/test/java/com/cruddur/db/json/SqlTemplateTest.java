package com.cruddur.db.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SqlTemplateTest {

  private static final String SECRET = "s3cret";

  @Test
  void bindsACopyAndLeavesTheTemplateAsItIs() {
    SqlTemplate template = SqlTemplate.of("select :a");
    SqlTemplate one = template.bind("a", 1);

    assertThat(one.bind("a", 2).jdbcValues()).containsExactly(2);
    assertThat(one.jdbcValues()).containsExactly(1);
    assertThatIllegalStateException().isThrownBy(template::jdbcValues);
  }

  @Test
  void bindsEveryPlaceOfAName() {
    SqlTemplate template = SqlTemplate.of("select :a, :b where :a is null");

    assertThat(template.bind("b", null).bind("a", 1).jdbcValues()).containsExactly(1, null, 1);
  }

  @Test
  void namesEachParameterWithoutValue() {
    assertThatIllegalStateException()
        .isThrownBy(SqlTemplate.of("select :c, :a, :b, :a").bind("b", SECRET)::jdbcValues)
        .withMessage("The SQL text needs a value for :c, :a; null is a value too");
  }

  @Test
  void namesAParameterThatTheTextLacks() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SqlTemplate.of("select :handle, :uuid").bind("Handle", SECRET))
        .withMessage("The SQL text has no parameter :Handle; it has :handle, :uuid");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SqlTemplate.of("select 1").bind("a", SECRET))
        .withMessage("The SQL text has no parameter :a; it has none");
  }

  @Test
  @SuppressWarnings("NullAway") // A caller that is not checked for nulls.
  void refusesNullForATextOrAName() {
    assertThatExceptionOfType(NullPointerException.class)
        .isThrownBy(() -> SqlTemplate.of(null))
        .withMessage("sql");
    assertThatExceptionOfType(NullPointerException.class)
        .isThrownBy(() -> SqlTemplate.of("select :a").bind(null, 1))
        .withMessage("name");
  }

  @Test
  void showsNoValue() {
    SqlTemplate template = SqlTemplate.of("select :a, :b").bind("b", SECRET);

    assertThat(template)
        .hasToString("SqlTemplate[The SQL text, parameters: :a, :b, with a value: :b]");
  }

  @ParameterizedTest
  @MethodSource("unsupportedValues")
  void namesTheTypeThatIsNotSupportedAndNotTheValue(Object value, String type) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SqlTemplate.of("select :a").bind("a", value))
        .withMessageStartingWith("Parameter :a is " + type + ". Supported: String, UUID, Integer")
        .withMessageNotContaining(SECRET)
        .withNoCause();
  }

  static List<Object[]> unsupportedValues() {
    return List.of(
        new Object[] {URI.create("x:" + SECRET), "the unsupported type java.net.URI"},
        new Object[] {Optional.of(SECRET), "the unsupported type java.util.Optional"},
        new Object[] {new String[] {SECRET}, "the unsupported type java.lang.String[]"},
        new Object[] {Map.of(SECRET, 1).getClass(), "the unsupported type java.lang.Class"},
        new Object[] {
          List.of(List.of(SECRET)),
          "a collection with the unsupported type java.util.ImmutableCollections$List12"
        });
  }

  @Test
  void refusesACollectionOfSeveralTypes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SqlTemplate.of("select :a").bind("a", List.of(SECRET, 1)))
        .withMessage("Parameter :a has elements of more than one type: text and int4");
  }

  @ParameterizedTest
  @MethodSource("unsendableTexts")
  void refusesTextsThatCannotBeSent(Object value, String character) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SqlTemplate.of("select :a").bind("a", value))
        .withMessage("Parameter :a contains " + character + ", which cannot be sent to PostgreSQL");
  }

  static List<Object[]> unsendableTexts() {
    return List.of(
        new Object[] {SECRET + "\u0000", "U+0000"},
        new Object[] {SECRET + "\uDE00\uD83D", "U+DE00"},
        new Object[] {List.of("a", SECRET + "\uD83D"), "U+D83D"});
  }

  @Test
  void refusesTimesThatPostgresCannotHold() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SqlTemplate.of("select :a").bind("a", Instant.MAX))
        .withMessage("Parameter :a has a value of type Instant that PostgreSQL cannot hold")
        .withNoCause();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SqlTemplate.of("select :a").bind("a", List.of(Duration.ofSeconds(Long.MAX_VALUE))))
        .withMessage("Parameter :a has a value of type Duration that PostgreSQL cannot hold");
  }

  @Test
  void copiesWhatCanChange() {
    byte[] bytes = {1};
    List<String> names = new ArrayList<>(Arrays.asList("a", null));
    SqlTemplate template = SqlTemplate.of("select :b, :n").bind("b", bytes).bind("n", names);

    bytes[0] = 2;
    names.clear();

    assertThat(template.jdbcValues()).containsExactly(new byte[] {1}, Arrays.asList("a", null));
  }

  @Test
  void keepsHostileValuesOutOfTheText() {
    SqlTemplate template = SqlTemplate.of("select :a").bind("a", "'; drop table users; --");

    assertThat(template.jdbcText()).isEqualTo("select ?");
  }

  @Test
  void refusesNumbersBeyondThoseOfPostgresBeforeTheyAreWrittenOut() {
    SqlTemplate template = SqlTemplate.of("select :a");
    for (String number : List.of("1E+999999999", "0E-999999999", "1E+131072", "1E-16384")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> template.bind("a", new BigDecimal(number)))
          .withMessageContaining(":a has a value of type BigDecimal");
    }
    assertThat(template.bind("a", new BigDecimal("9E+131071")).jdbcValues()).hasSize(1);
  }
}
