package com.example.signup;

import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolPostConfirmationEvent;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolPostConfirmationEvent.Request;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads what is needed of an event, and passes over the rest: reflection over all of its types
 * would cost a cold start more than the insert does.
 */
final class SignUpEvent {

  private SignUpEvent() {}

  static CognitoUserPoolPostConfirmationEvent read(byte[] json) throws IOException {
    CognitoUserPoolPostConfirmationEvent event = new CognitoUserPoolPostConfirmationEvent();
    Map<String, String> attributes = new HashMap<>();
    try (JsonReader reader =
        new JsonReader(new StringReader(new String(json, StandardCharsets.UTF_8)))) {
      reader.beginObject();
      while (reader.hasNext()) {
        switch (reader.nextName()) {
          case "triggerSource" -> event.setTriggerSource(text(reader));
          case "userName" -> event.setUserName(text(reader));
          case "request" -> readRequest(reader, attributes);
          default -> reader.skipValue();
        }
      }
    }
    Request request = new Request();
    request.setUserAttributes(attributes);
    event.setRequest(request);
    return event;
  }

  private static void readRequest(JsonReader reader, Map<String, String> attributes)
      throws IOException {
    reader.beginObject();
    while (reader.hasNext()) {
      if (reader.nextName().equals("userAttributes")) {
        readAttributes(reader, attributes);
      } else {
        reader.skipValue();
      }
    }
    reader.endObject();
  }

  private static void readAttributes(JsonReader reader, Map<String, String> attributes)
      throws IOException {
    reader.beginObject();
    while (reader.hasNext()) {
      attributes.put(reader.nextName(), text(reader));
    }
    reader.endObject();
  }

  /** Returns null for what is neither a text nor a number. */
  private static String text(JsonReader reader) throws IOException {
    JsonToken token = reader.peek();
    if (token == JsonToken.STRING || token == JsonToken.NUMBER) {
      return reader.nextString();
    }
    reader.skipValue();
    return null;
  }
}
