package com.cruddur.db.testkit;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows on their way into a table, in the text format of COPY: columns are parted by tabs and rows
 * by line breaks; backslashes and the like are escaped.
 */
final class CopyRows implements AutoCloseable {

  /** As much as the driver sends at once. */
  private static final int CHUNK = 64 * 1024;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final CopyIn copy;
  private byte[] buffer = new byte[2 * CHUNK];
  private int length;
  private boolean inRow;

  private CopyRows(CopyIn copy) {
    this.copy = copy;
  }

  static CopyRows begin(Connection connection, String command) throws SQLException {
    return new CopyRows(connection.unwrap(PGConnection.class).getCopyAPI().copyIn(command));
  }

  /** Writes a uuid of version 4, made of random bits. */
  CopyRows uuid(long high, long low) {
    separate();
    hex(high, 60, 32);
    add((byte) '-');
    hex(high, 28, 16);
    add((byte) '-');
    hex((high & ~0xF000L) | 0x4000L, 12, 0);
    add((byte) '-');
    long variant = (low & ~(3L << 62)) | (2L << 62);
    hex(variant, 60, 48);
    add((byte) '-');
    hex(variant, 44, 0);
    return this;
  }

  CopyRows text(String value) {
    separate();
    for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
      if (each == '\\' || each == '\t' || each == '\n' || each == '\r') {
        add((byte) '\\');
      }
      add(each);
    }
    return this;
  }

  CopyRows number(int value) {
    return ascii(Integer.toString(value));
  }

  CopyRows time(Instant value) {
    return ascii(value.toString());
  }

  CopyRows nothing() {
    return ascii("\\N");
  }

  void endRow() throws SQLException {
    add((byte) '\n');
    inRow = false;
    if (length >= CHUNK) {
      send();
    }
  }

  /** Sends what is left, and waits for the server to have checked all rows. */
  void end() throws SQLException {
    send();
    copy.endCopy();
  }

  private void send() throws SQLException {
    copy.writeToCopy(buffer, 0, length);
    length = 0;
  }

  /** Undoes it all unless it came to its end. */
  @Override
  public void close() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }

  private CopyRows ascii(String value) {
    separate();
    for (int i = 0; i < value.length(); i++) {
      add((byte) value.charAt(i));
    }
    return this;
  }

  private void hex(long bits, int from, int to) {
    for (int shift = from; shift >= to; shift -= 4) {
      add(HEX[(int) (bits >>> shift) & 15]);
    }
  }

  private void separate() {
    if (inRow) {
      add((byte) '\t');
    }
    inRow = true;
  }

  private void add(byte value) {
    if (length == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * length);
    }
    buffer[length++] = value;
  }
}
