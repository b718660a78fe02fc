package com.cruddur.db;

/**
 * Takes the hosts and ports of a URI apart, {@code host:port,[address]:port,...}, as far as the
 * {@code /} or {@code ?} that ends them.
 *
 * <p>Used once, by one thread.
 */
final class HostScanner {

  private final String text;
  private final UnescapedCharacters suspects;
  private final StringBuilder hosts = new StringBuilder();
  private final StringBuilder ports = new StringBuilder();
  private int position;

  HostScanner(String text, UnescapedCharacters suspects) {
    this.text = text;
    this.suspects = suspects;
    scanHostAndPort();
    while (skip(',')) {
      hosts.append(',');
      ports.append(',');
      scanHostAndPort();
    }
  }

  /** The hosts joined by commas, without brackets, still encoded. */
  String hosts() {
    return hosts.toString();
  }

  /** As many ports joined by commas, still encoded. */
  String ports() {
    return ports.toString();
  }

  /** What follows, empty or beginning with the character that ended the hosts. */
  String rest() {
    return text.substring(position);
  }

  private void scanHostAndPort() {
    if (skip('[')) {
      scanAddressInBrackets();
    } else {
      take(hosts, ":/?,");
    }
    if (skip(':')) {
      take(ports, "/?,");
    }
  }

  private void scanAddressInBrackets() {
    int end = text.indexOf(']', position);
    if (end < 0) {
      throw suspects.refuse("An IPv6 address lacks its closing bracket");
    }
    if (end == position) {
      throw suspects.refuse("The brackets of an IPv6 address are empty");
    }
    hosts.append(text, position, end);
    position = end + 1;
    if (position < text.length() && ":/?,".indexOf(text.charAt(position)) < 0) {
      throw suspects.refuse("An IPv6 address in brackets must be followed by : , / or ?");
    }
  }

  private void take(StringBuilder target, String terminators) {
    int start = position;
    while (position < text.length() && terminators.indexOf(text.charAt(position)) < 0) {
      position++;
    }
    target.append(text, start, position);
  }

  private boolean skip(char expected) {
    boolean found = position < text.length() && text.charAt(position) == expected;
    if (found) {
      position++;
    }
    return found;
  }
}
