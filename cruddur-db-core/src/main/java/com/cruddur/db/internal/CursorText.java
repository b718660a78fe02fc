package com.cruddur.db.internal;

import com.cruddur.db.InvalidInputException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The text of a cursor: a version, what it holds, and a checksum against accidents, in base64 for
 * URLs. The version tells the kinds of cursors apart too.
 */
public final class CursorText {

  private CursorText() {}

  /** Writes a cursor; the content starts at the buffer's beginning and fills it. */
  public static String write(byte version, ByteBuffer content) {
    int body = 1 + content.capacity();
    ByteBuffer bytes = ByteBuffer.allocate(body + Integer.BYTES);
    bytes.put(version).put(content.array()).putInt(checksum(bytes.array(), body));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws InvalidInputException with code {@code cursor_invalid} if the text is no such cursor
   */
  public static ByteBuffer read(byte version, int length, @Nullable String text) {
    ByteBuffer bytes = ByteBuffer.wrap(decode(text));
    int body = 1 + length;
    if (bytes.capacity() != body + Integer.BYTES
        || bytes.get(0) != version
        || bytes.getInt(body) != checksum(bytes.array(), body)) {
      throw invalid();
    }
    return bytes.slice(1, length);
  }

  /** Returns the refusal of a cursor. */
  public static InvalidInputException invalid() {
    return new InvalidInputException(
        "cursor_invalid", "The cursor is not one of these pages. Start with the first page.");
  }

  private static byte[] decode(@Nullable String text) {
    if (text == null) {
      throw invalid();
    }
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      throw invalid();
    }
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return (int) checksum.getValue();
  }
}
