package com.example.feedservice;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Reads the strings of a JSON object, and passes over what else is in it. */
final class JsonFields {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(20).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private JsonFields() {}

  static Map<String, String> read(byte[] body) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      return object(parser);
    } catch (JacksonException malformed) {
      // Its message would repeat what was sent.
      throw new Refusal(400, "json_invalid");
    }
  }

  private static Map<String, String> object(JsonParser parser) {
    Map<String, String> fields = new HashMap<>();
    expect(parser.nextToken() == JsonToken.START_OBJECT);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() == JsonToken.VALUE_STRING) {
        fields.put(name, parser.getString());
      } else {
        parser.skipChildren();
      }
    }
    expect(parser.nextToken() == null);
    return fields;
  }

  private static void expect(boolean isSo) {
    if (!isSo) {
      throw new Refusal(400, "json_invalid");
    }
  }
}
