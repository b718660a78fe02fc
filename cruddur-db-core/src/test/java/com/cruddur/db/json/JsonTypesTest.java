package com.cruddur.db.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.CruddurDbException;
import com.cruddur.db.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JSON of each type, as docs/json.md lists it. */
class JsonTypesTest {

  private static CruddurDb db;

  @BeforeAll
  static void open() {
    db = CruddurDb.open(TestServer.migratedDatabase());
  }

  @AfterAll
  static void close() {
    db.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      textBlock =
          """
          true ; true
          9007199254740993::bigint ; 9007199254740993
          123456789012345678901234567890.12::numeric ; 123456789012345678901234567890.12
          1.50::numeric(5, 2) ; 1.50
          1e-30::float8 ; 1e-30
          'NaN'::float8 ; "NaN"
          '-Infinity'::float8 ; "-Infinity"
          'NaN'::numeric ; "NaN"
          '2026-02-28'::date ; "2026-02-28"
          'infinity'::date ; "infinity"
          '0044-03-15 BC'::date ; "0044-03-15 BC"
          '2026-02-28 23:59:59.5'::timestamp ; "2026-02-28T23:59:59.5"
          '2026-02-28 23:59:59.5-05'::timestamptz ; "2026-03-01T04:59:59.5+00:00"
          'infinity'::timestamptz ; "infinity"
          '23:59:59.5'::time ; "23:59:59.5"
          '1 day 02:03:04'::interval ; "1 day 02:03:04"
          '\\x00ff'::bytea ; "\\\\x00ff"
          ARRAY[1, NULL, 3] ; [1,null,3]
          ARRAY[[1, 2], [3, 4]] ; [[1,2],[3,4]]
          ARRAY[]::text[] ; []
          ROW(1, 'a"b') ; {"f1":1,"f2":"a\\"b"}
          '{"b": 1, "a": [ ]}'::json ; {"b": 1, "a": [ ]}
          '{"b": 1, "a": [ ]}'::jsonb ; {"a": [], "b": 1}
          'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid ; "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"
          int4range(1, 5) ; "[1,5)"
          '10.0.0.1/8'::inet ; "10.0.0.1/8"
          B'101' ; "101"
          NULL::text ; null
          U&'\\+01F600\\0001' ; "😀\\u0001"
          """)
  void writesEachTypeSoThatAnyParserReadsIt(String expression, String json) {
    SqlTemplate query = SqlTemplate.of("SELECT " + expression + " AS x");
    String object = db.json().object(query).asString().orElseThrow().value();
    assertThat(object).isEqualTo("{\"x\":" + json + "}");
    assertThat(StrictJson.read(object)).isInstanceOf(Map.class);
    assertThat(db.json().array(query).asString().value()).isEqualTo("[" + object + "]");
    assertThat(db.json().value(JsonWrap.array(query), String.class)).contains("[" + object + "]");
    assertThat(db.json().value(JsonWrap.object(query), String.class)).contains(object);
  }

  @Test
  void writesEveryTextSoThatItComesBack() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      String key = text(random, 20);
      List<String> values =
          random.ints(random.nextInt(5), 0, 60).mapToObj(length -> text(random, length)).toList();
      SqlTemplate query =
          SqlTemplate.of(
                  "SELECT x AS \"%s\", n AS position FROM unnest(:values) WITH ORDINALITY AS t(x, n)"
                      .formatted(key.replace("\"", "\"\"")))
              .bind("values", values.isEmpty() ? List.of("") : values);
      JsonResult<String> array = db.json().array(query).asString();
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      assertThat(db.json().array(query).writeTo(stream)).isEqualTo(array.rows());
      assertThat(stream.toString(StandardCharsets.UTF_8)).isEqualTo(array.value());
      List<?> rows = (List<?>) StrictJson.read(array.value());
      assertThat(rows).as("seed %d", seed).hasSize(Math.max(1, values.size()));
      for (int i = 0; i < values.size(); i++) {
        assertThat(rows.get(i))
            .as("seed %d", seed)
            .isEqualTo(Map.of(key, values.get(i), "position", new BigDecimal(i + 1)));
      }
    }
  }

  /** Any characters but U+0000 and lone surrogates; for a name, few enough for 63 bytes. */
  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder("k");
    for (int i = 0; i < Math.min(length, 14) || text.length() < length; i++) {
      int[] candidates = {
        random.nextInt(1, 128), random.nextInt(1, 0xd800), random.nextInt(0x10000, 0x110000)
      };
      text.appendCodePoint(candidates[random.nextInt(candidates.length)]);
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      textBlock =
          """
          SELECT 1 AS a, 2 AS b, 3 AS a ; "a"
          SELECT 1, 2 ; "?column?"
          SELECT '{"x": "}"}'::json AS b, 'a,"' AS c, ARRAY[1] AS d, 1 AS b ; "b"
          """)
  void refusesAKeyThatOccursTwiceAndNamesIt(String sql, String key) {
    SqlTemplate query = SqlTemplate.of(sql);
    assertNamed(key, () -> db.json().array(query).asString());
    assertNamed(key, () -> db.json().object(query).asBytes());
    assertThatThrownBy(() -> db.json().array(query).writeTo(new ByteArrayOutputStream()))
        .isInstanceOf(CruddurDbException.class)
        .hasMessageContaining("named " + key + ".");
  }

  private static void assertNamed(String key, Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOf(CruddurDbException.class)
        .hasMessageContaining("named " + key + ".");
  }

  @Test
  void takesColumnsWhateverTheirNames() {
    assertThat(db.json().object(SqlTemplate.of("SELECT 1 AS r")).asString().orElseThrow().value())
        .isEqualTo("{\"r\":1}");
    assertThat(
            db.json()
                .array(
                    DSL.select(
                        DSL.inline(1).as("r"),
                        JsonWrap.array(DSL.select(DSL.inline(2).as("r"))).as("s")))
                .asString()
                .value())
        .isEqualTo("[{\"r\":1,\"s\":[{\"r\":2}]}]");
  }
}
