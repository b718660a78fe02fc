package com.cruddur.db;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/** Writes a text so that it can be a part of a URL. */
final class PercentEncoder {

  /** The characters that RFC 3986 calls unreserved. */
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private static final HexFormat HEXADECIMAL = HexFormat.of().withUpperCase();

  private PercentEncoder() {}

  /** Encodes a text as UTF-8; a blank becomes {@code %20} and never a plus sign. */
  static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : text.getBytes(UTF_8)) {
      if (UNRESERVED.indexOf(octet) >= 0) {
        encoded.append((char) octet);
      } else {
        encoded.append('%').append(HEXADECIMAL.toHexDigits(octet));
      }
    }
    return encoded.toString();
  }

  /** Whether PostgreSQL can take a text: it has no null character and no half a surrogate pair. */
  static boolean canEncode(String text) {
    return text.indexOf('\0') < 0 && UTF_8.newEncoder().canEncode(text);
  }
}
