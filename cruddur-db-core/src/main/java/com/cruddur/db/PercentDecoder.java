package com.cruddur.db;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;

/**
 * Decodes one part of a URI as libpq does: blanks around it are nothing, there is one round of
 * {@code %XX}, and a plus sign is a plus sign.
 *
 * <p>The messages name the part and never what it holds. Immutable and thread-safe.
 */
final class PercentDecoder {

  private static final String ESCAPE = ": write a % itself as %25";

  private final String part;
  private final UnescapedCharacters suspects;

  /** Makes a decoder for the part that messages call by this name. */
  PercentDecoder(String part, UnescapedCharacters suspects) {
    this.part = part;
    this.suspects = suspects;
  }

  String decode(String encoded) {
    String trimmed = trimBlanks(encoded);
    if (trimmed.indexOf(' ') >= 0) {
      throw refuse("holds a blank: write it as %20");
    }
    try {
      byte[] decoded = decode(UTF_8.newEncoder().encode(CharBuffer.wrap(trimmed)));
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw refuse("is not UTF-8" + ESCAPE);
    }
  }

  /** Trims what libpq trims, the blank and no other white space. */
  private static String trimBlanks(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && text.charAt(start) == ' ') {
      start++;
    }
    while (end > start && text.charAt(end - 1) == ' ') {
      end--;
    }
    return text.substring(start, end);
  }

  private byte[] decode(ByteBuffer encoded) {
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(encoded.remaining());
    while (encoded.hasRemaining()) {
      byte octet = encoded.get();
      decoded.write(octet == '%' ? decodeEscape(encoded) : octet);
    }
    return decoded.toByteArray();
  }

  private int decodeEscape(ByteBuffer encoded) {
    int octet = digit(encoded) << 4 | digit(encoded);
    if (octet == 0) {
      throw refuse("holds %00, which PostgreSQL cannot take" + ESCAPE);
    }
    return octet;
  }

  private int digit(ByteBuffer encoded) {
    byte digit = encoded.hasRemaining() ? encoded.get() : 0;
    if (!HexFormat.isHexDigit(digit)) {
      throw refuse("holds a % without two hexadecimal digits" + ESCAPE);
    }
    return HexFormat.fromHexDigit(digit);
  }

  private IllegalArgumentException refuse(String fault) {
    return suspects.refuse("The " + part + " " + fault);
  }
}
