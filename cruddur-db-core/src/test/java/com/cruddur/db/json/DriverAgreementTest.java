package com.cruddur.db.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.json.SqlToken.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

/** Whether the driver sends what the text says, for texts of random and mostly hostile pieces. */
class DriverAgreementTest {

  private static final int TEXTS = 30_000;

  @Test
  void sendsTheSamePiecesInOneStatement() throws SQLException {
    RandomSql random = RandomSql.create();
    int accepted = 0;
    for (int i = 0; i < TEXTS; i++) {
      String text = random.startingWith(i % 8 == 0 ? "" : "select ");
      try {
        assertSent(text, SqlStatement.parse(new SqlSource("text", text)), random.seed());
        accepted++;
      } catch (IllegalArgumentException refused) {
        assertThat(refused).hasMessageStartingWith("text");
      }
    }
    // A test of what is refused alone would say nothing.
    assertThat(accepted).as(random.seed()).isGreaterThan(TEXTS / 4);
  }

  private static void assertSent(String text, SqlStatement statement, String seed)
      throws SQLException {
    String escaped = Parser.replaceProcessing(statement.jdbcText(), true, true);
    List<NativeQuery> queries = Parser.parseJdbcSql(escaped, true, true, true, false, true);
    assertThat(queries).as("%s, text: <%s>", seed, text).hasSize(1);
    NativeQuery query = queries.getFirst();
    assertThat(query.bindPositions)
        .as("%s, <%s>", seed, text)
        .hasSize(statement.parameters().size());
    assertThat(significant(withNames(query, statement.parameters())))
        .as("%s, text: <%s>, sent: <%s>", seed, text, query.nativeSql)
        .isEqualTo(significant(text));
  }

  /** Puts the names back where the driver has its numbers. */
  private static String withNames(NativeQuery query, List<String> names) {
    StringBuilder text = new StringBuilder(query.nativeSql);
    for (int i = names.size() - 1; i >= 0; i--) {
      int start = query.bindPositions[i];
      text.replace(start, start + NativeQuery.bindName(i + 1).length(), ":" + names.get(i));
    }
    return text.toString();
  }

  private static List<String> significant(String text) {
    List<String> pieces = new ArrayList<>();
    for (SqlToken token : SqlParser.parse(new SqlSource("sent", text))) {
      if (token.isSignificant()) {
        pieces.add(token.kind() + " " + canonical(token));
      }
    }
    return pieces;
  }

  private static String canonical(SqlToken token) {
    if (token.kind() != Kind.ESCAPE_STRING) {
      return token.text();
    }
    int open = token.text().indexOf('\'');
    String inside = token.text().substring(open + 1, token.text().length() - 1);
    return inside.replaceAll("\\G((?:[^\\\\']|\\\\[^'])*)(?:\\\\'|'')", "$1\\\\047");
  }
}
