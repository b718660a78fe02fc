package com.cruddur.db.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * A file of SQL that is loaded once into a database, in one transaction. The database remembers its
 * checksum in a schema of its own, apart from Cruddur's tables.
 *
 * @param path what messages call it
 * @param statements its statements
 * @param checksum SHA-256, in hexadecimal digits
 */
record SeedFile(Path path, List<SqlScript.Part> statements, String checksum) {

  static SeedFile read(Path path) throws IOException {
    if (!Files.isReadable(path) || Files.isDirectory(path)) {
      throw new IllegalArgumentException(path + " is no file that can be read.");
    }
    byte[] bytes = Files.readAllBytes(path);
    return new SeedFile(path, SqlScript.split(path.toString(), text(path, bytes)), sha256(bytes));
  }

  private static String text(Path path, byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException fault) {
      throw new IllegalArgumentException(
          path + " is not in UTF-8. Convert it: iconv -f latin1 -t utf-8", fault);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException absent) {
      throw new AssertionError(absent);
    }
  }

  /**
   * Loads the file unless it was loaded before, and says what came of it.
   *
   * @throws SeedFailedException if a statement fails; nothing was loaded then
   */
  String load(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try {
      String report = loadOnce(connection);
      connection.commit();
      return report;
    } catch (SQLException | RuntimeException failure) {
      connection.rollback();
      throw failure;
    }
  }

  private String loadOnce(Connection connection) throws SQLException {
    return SeedMemory.once(
        connection, checksum, String.valueOf(path.getFileName()), () -> runAll(connection));
  }

  private String runAll(Connection connection) throws SQLException {
    long rows = 0;
    for (SqlScript.Part part : statements) {
      rows += run(connection, part);
    }
    return Printable.count(rows, "row") + " of " + Printable.count(statements.size(), "statement");
  }

  private long run(Connection connection, SqlScript.Part part) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(part.sql());
      return Math.max(0, statement.getLargeUpdateCount());
    } catch (SQLException failure) {
      throw new SeedFailedException(path, line(part, failure), failure);
    }
  }

  private static int line(SqlScript.Part part, SQLException failure) {
    ServerErrorMessage server =
        failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    int position = server == null ? 0 : server.getPosition();
    int end =
        part.sql().offsetByCodePoints(0, Math.min(Math.max(0, position - 1), codePoints(part)));
    return part.line() + (int) part.sql().substring(0, end).chars().filter(c -> c == '\n').count();
  }

  private static int codePoints(SqlScript.Part part) {
    return part.sql().codePointCount(0, part.sql().length());
  }
}
