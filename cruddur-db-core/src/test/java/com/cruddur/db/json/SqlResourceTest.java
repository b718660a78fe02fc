package com.cruddur.db.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlResourceTest {

  private static final String HOME =
      "-- The newest first.\nselect ?::text as handle, 'größe' as word";

  @Test
  void readsAResourceInUtf8WithoutItsByteOrderMark() {
    assertThat(SqlTemplate.fromResource("activities/home.sql").jdbcText()).isEqualTo(HOME);
  }

  @Test
  void findsTheResourcesOfTheCallerThroughAMethodReference() {
    assertThat(Stream.of("activities/home.sql").map(SqlTemplate::fromResource))
        .extracting(SqlTemplate::jdbcText)
        .containsExactly(HOME);
  }

  @Test
  void findsTheResourcesThatAClassSees() {
    SqlTemplate template = SqlTemplate.fromResource(SqlResourceTest.class, "activities/home.sql");

    assertThat(template.jdbcText()).isEqualTo(HOME);
  }

  @Test
  void readsAResourceOnce() {
    assertThat(SqlResource.statement(SqlResourceTest.class, "activities/home.sql"))
        .isSameAs(SqlResource.statement(SqlResourceTest.class, "activities/home.sql"));
  }

  @Test
  void showsTheResourceAndNoValue() {
    assertThat(SqlTemplate.fromResource("activities/home.sql").bind("handle", "s3cret"))
        .hasToString(
            "SqlTemplate[activities/home.sql, parameters: :handle, with a value: :handle]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/activities/home.sql",
        "../activities/home.sql",
        "activities/../activities/home.sql",
        "activities/./home.sql",
        "activities//home.sql",
        "activities/home.sql/",
        "activities\\home.sql",
        "..\\home.sql",
        "C:/home.sql",
        "file:home.sql",
        "activities/home%2e.sql",
        "activities/home.sql\n",
        "activities/home.sql\u0000",
        "activities/.hidden.sql",
      })
  void refusesPathsThatLeadElsewhere(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SqlTemplate.fromResource(path))
        .withMessageStartingWith("A resource is named by a relative path")
        .withMessageEndingWith("It was: " + path);
  }

  @Test
  void namesTheResourceThatIsMissing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SqlTemplate.fromResource("activities/hoem.sql"))
        .withMessage(
            "There is no resource activities/hoem.sql in the class path of "
                + SqlResourceTest.class.getName());
  }

  @Test
  void namesTheModuleWhoseResourceIsMissing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SqlTemplate.fromResource(String.class, "activities/home.sql"))
        .withMessageContaining("in module java.base, which must open its folder to com.cruddur.db");
  }

  @Test
  void namesTheResourceWhoseTextIsWrong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SqlTemplate.fromResource("activities/unfinished.sql"))
        .withMessageStartingWith("activities/unfinished.sql, line 2, column 3: the quoted name");
  }

  @Test
  void refusesAResourceThatIsNotUtf8() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SqlTemplate.fromResource("activities/latin1.sql"))
        .withMessage("The resource activities/latin1.sql is not UTF-8");
  }
}
