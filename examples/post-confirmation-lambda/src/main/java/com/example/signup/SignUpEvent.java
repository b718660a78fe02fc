package com.example.signup;

import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolPostConfirmationEvent;
import com.amazonaws.services.lambda.runtime.events.CognitoUserPoolPostConfirmationEvent.Request;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads what is needed of an event, and passes over the rest: reflection over all of its types
 * would cost a cold start more than the insert does.
 */
final class SignUpEvent {

  private static final JsonFactory JSON = new JsonFactory();

  private SignUpEvent() {}

  static CognitoUserPoolPostConfirmationEvent read(byte[] json) throws IOException {
    CognitoUserPoolPostConfirmationEvent event = new CognitoUserPoolPostConfirmationEvent();
    Request request = new Request();
    request.setUserAttributes(new HashMap<>());
    event.setRequest(request);
    try (JsonParser parser = JSON.createParser(json)) {
      readObject(
          parser,
          (key, value) -> {
            switch (key) {
              case "triggerSource" -> event.setTriggerSource(value.getValueAsString());
              case "userName" -> event.setUserName(value.getValueAsString());
              case "request" -> readRequest(value, request.getUserAttributes());
              default -> value.skipChildren();
            }
          });
    }
    return event;
  }

  private static void readRequest(JsonParser parser, Map<String, String> attributes)
      throws IOException {
    readObject(
        parser,
        (key, value) -> {
          if (key.equals("userAttributes")) {
            readObject(value, (name, text) -> attributes.put(name, scalar(text)));
          } else {
            value.skipChildren();
          }
        });
  }

  private static String scalar(JsonParser value) throws IOException {
    value.skipChildren();
    return value.getValueAsString();
  }

  private interface Member {
    void read(String key, JsonParser value) throws IOException;
  }

  private static void readObject(JsonParser parser, Member member) throws IOException {
    JsonToken start = parser.currentToken() == null ? parser.nextToken() : parser.currentToken();
    if (start != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
      parser.nextToken();
      member.read(key, parser);
    }
  }
}
