package com.cruddur.db.cli;

import com.cruddur.db.migrations.FixReport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file that keeps what fixes overwrote, one line of JSON for each fix. It holds personal data,
 * so that its owner alone may read it, and is opened before anything is changed.
 */
final class FixReportFile implements AutoCloseable {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Path path;
  private final BufferedWriter writer;
  private boolean empty = true;

  private FixReportFile(Path path, BufferedWriter writer) {
    this.path = path;
    this.writer = writer;
  }

  /** Makes a new file, in this directory where none was chosen. */
  static FixReportFile create(@Nullable Path chosen) {
    Path path =
        chosen == null ? Path.of("fix-data-" + TIME.format(Instant.now()) + ".json") : chosen;
    try {
      var channel =
          Files.newByteChannel(
              path,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return new FixReportFile(
          path, new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8)));
    } catch (FileAlreadyExistsException exists) {
      throw refused(path, "is there already", exists);
    } catch (IOException failure) {
      throw refused(path, "cannot be written", failure);
    }
  }

  private static WrongUsageException refused(Path path, String why, IOException failure) {
    WrongUsageException refusal =
        new WrongUsageException(
            "The file " + path + " " + why + ". Nothing was changed. Name another with --report.");
    refusal.initCause(failure);
    return refusal;
  }

  void write(FixReport report) throws IOException {
    if (!report.changes().isEmpty()) {
      writer.write(Json.of(FixDataCommand.json(report)));
      writer.newLine();
      writer.flush();
      empty = false;
    }
  }

  /** Says where the file is, or removes it where nothing was changed. */
  @Override
  public void close() throws IOException {
    writer.close();
    if (empty) {
      Files.delete(path);
    } else {
      Console.say("every changed row, as it was and as it is: " + path + " (personal data)");
    }
  }
}
