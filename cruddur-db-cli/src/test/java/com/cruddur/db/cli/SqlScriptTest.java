package com.cruddur.db.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlScriptTest {

  @Test
  void separatesAtSemicolonsThatAreNoPartOfATextNameOrComment() {
    assertThat(
            SqlScript.split(
                "x",
                """
                SELECT ';', E'\\';', "a;""b";
                -- only; a comment
                DO $x$ BEGIN; $y$;$y$ END $x$;;
                SELECT $1$2, a$b$c;
                SELECT 1 /* ; /* ; */ ; */ + 2 -- ;
                ; SELECT 3"""))
        .extracting(SqlScript.Part::sql)
        .containsExactly(
            "SELECT ';', E'\\';', \"a;\"\"b\"",
            "DO $x$ BEGIN; $y$;$y$ END $x$",
            "SELECT $1$2, a$b$c",
            "SELECT 1 /* ; /* ; */ ; */ + 2 -- ;",
            "SELECT 3");
  }

  @Test
  void knowsTheLineOnWhichEachStatementBegins() {
    assertThat(SqlScript.split("x", "\n-- c\n\n SELECT 1;\nSELECT\n2;  'x'"))
        .extracting(SqlScript.Part::line)
        .containsExactly(4, 5, 6);
    assertThat(SqlScript.split("x", " -- nothing\n ; ;\n")).isEmpty();
  }
}
