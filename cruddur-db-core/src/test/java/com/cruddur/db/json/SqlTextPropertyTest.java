package com.cruddur.db.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random constants, comments and values, and what a real server makes of them. */
class SqlTextPropertyTest {

  private static final int QUERIES = 800;

  @ParameterizedTest
  @ValueSource(strings = {"extended", "simple"})
  void answersWithConstantsAndValuesAsTheyWereWritten(String queryMode) throws SQLException {
    RandomSql random = RandomSql.create();
    try (Connection connection = TemplateRows.connect("preferQueryMode", queryMode)) {
      for (int i = 0; i < QUERIES; i++) {
        List<RandomColumn> columns = new ArrayList<>();
        for (int number = random.below(4); number >= 0; number--) {
          columns.add(RandomColumn.make(random, number));
        }
        assertAnswers(connection, random, columns);
      }
    }
  }

  private static void assertAnswers(
      Connection connection, RandomSql random, List<RandomColumn> columns) throws SQLException {
    String text = query(random, columns);
    SqlTemplate template = bound(SqlTemplate.of(text), columns);
    List<String> answers = columns.stream().map(RandomColumn::answer).toList();
    assertThat(TemplateRows.row(connection, template))
        .as("%s, text: <%s>", random.seed(), text)
        .isEqualTo(answers);
    assertThat(TemplateRows.wrappedRow(connection, template))
        .as("%s, wrapped text: <%s>", random.seed(), text)
        .isEqualTo(answers);
  }

  private static SqlTemplate bound(SqlTemplate template, List<RandomColumn> columns) {
    SqlTemplate bound = template;
    for (RandomColumn column : columns) {
      if (column.parameter() != null) {
        bound = bound.bind(column.parameter(), column.answer());
      }
    }
    return bound;
  }

  private static String query(RandomSql random, List<RandomColumn> columns) {
    StringBuilder text = new StringBuilder("select");
    for (int i = 0; i < columns.size(); i++) {
      text.append(i == 0 ? " " : ",").append(RandomColumn.gap(random)).append('(');
      text.append(columns.get(i).sql()).append(RandomColumn.gap(random)).append(")::text as ");
      text.append("\"?; :c").append(i).append('"');
    }
    return text + random.oneOf(List.of("", ";", " ; -- ' ? ;", "/* ; */;\n", " -- ;", ";;"));
  }
}
