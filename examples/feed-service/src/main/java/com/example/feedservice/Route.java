package com.example.feedservice;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A method and a path, and what answers them.
 *
 * @param template such as {@code /api/users/@{handle}/short}: also what metrics and spans are named
 *     after, since the path itself may name a person
 */
record Route(String method, String template, Pattern path, Handler handler) {

  /** What answers. */
  @FunctionalInterface
  interface Handler {
    Response answer(Request request);
  }

  static Route get(String template, Handler handler) {
    return of("GET", template, handler);
  }

  static Route post(String template, Handler handler) {
    return of("POST", template, handler);
  }

  private static Route of(String method, String template, Handler handler) {
    String pattern = template.replaceAll("\\{(\\w+)}", "(?<$1>[^/]*)");
    return new Route(method, template, Pattern.compile(pattern), handler);
  }

  Matcher matcher(String rawPath) {
    return path.matcher(rawPath.replace("%40", "@"));
  }
}
