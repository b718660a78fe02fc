package com.cruddur.db.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whether a text that is not refused means what it means to the server without the driver. */
class ServerAgreementTest {

  private static final int TEXTS = 6_000;

  private static final String NOT_COMPARABLE = "";

  /** The server's own reading of a text, out of the driver's reach: it arrives as a value. */
  private static final String AS_WRITTEN =
      """
      create function as_written(statement text) returns text language plpgsql as $function$
      declare answer text;
      begin execute statement into answer; return answer; end $function$
      """;

  private static Connection connection;

  @BeforeAll
  static void connect() throws SQLException {
    connection = TemplateRows.connect();
    try (Statement statement = connection.createStatement()) {
      statement.execute(AS_WRITTEN);
      statement.execute("create table canary ()");
    }
  }

  @AfterAll
  static void close() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists canary");
      statement.execute("drop function as_written");
    }
    connection.close();
  }

  @Test
  void answersLikeTheServerAlone() throws SQLException {
    RandomSql random = RandomSql.create();
    int answered = 0;
    for (int i = 0; i < TEXTS; i++) {
      String text = random.startingWith("select ");
      String answer = answer(text);
      if (!answer.equals(NOT_COMPARABLE)) {
        assertThat(answer).as("%s, text: <%s>", random.seed(), text).isEqualTo(asWritten(text));
        answered += answer.startsWith("=") ? 1 : 0;
      }
    }
    // A test of what is refused alone would say nothing.
    assertThat(answered).as(random.seed()).isGreaterThan(TEXTS / 100);
    assertThat(asWritten("select to_regclass('canary')")).as(random.seed()).isEqualTo("=canary");
  }

  private static String answer(String text) throws SQLException {
    try {
      SqlStatement statement = SqlStatement.parse(new SqlSource("text", text));
      return statement.parameters().isEmpty() ? run(statement.jdbcText()) : NOT_COMPARABLE;
    } catch (IllegalArgumentException refused) {
      return NOT_COMPARABLE;
    }
  }

  private static String run(String jdbcText) throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(jdbcText)) {
      return outcome(prepared);
    }
  }

  private static String asWritten(String text) throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement("select as_written(?)")) {
      prepared.setString(1, text);
      return outcome(prepared);
    }
  }

  /** Returns the first column after an equals sign, or the SQLSTATE. */
  private static String outcome(PreparedStatement prepared) {
    try (ResultSet rows = prepared.executeQuery()) {
      if (rows.getMetaData().getColumnCount() == 0) {
        return NOT_COMPARABLE;
      }
      return "=" + (rows.next() ? asText(rows.getString(1)) : "null");
    } catch (SQLException failure) {
      return String.valueOf(failure.getSQLState());
    }
  }

  /** As a cast to text gives it: the driver's form of boolean and of char(n) is another. */
  private static String asText(@Nullable String column) {
    return switch (column) {
      case null -> "null";
      case "t" -> "true";
      case "f" -> "false";
      default -> column.replaceFirst(" +$", "");
    };
  }
}
