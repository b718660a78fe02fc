package com.cruddur.db.cli;

import java.util.ArrayList;
import java.util.List;

/** Takes a text of several JSON objects apart, as it comes of appending one page to another. */
final class JsonDocuments {

  private JsonDocuments() {}

  static List<String> split(String text) {
    List<String> documents = new ArrayList<>();
    int start = 0;
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (quoted) {
        i += character == '\\' ? 1 : 0;
        quoted = character != '"';
      } else if (character == '"') {
        quoted = true;
      } else if (character == '{') {
        depth++;
      } else if (character == '}' && --depth == 0) {
        documents.add(text.substring(start, i + 1));
        start = i + 1;
      }
    }
    if (!text.substring(start).isBlank()) {
      documents.add(text.substring(start));
    }
    return documents;
  }
}
