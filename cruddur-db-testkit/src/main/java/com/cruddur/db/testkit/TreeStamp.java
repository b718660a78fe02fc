package com.cruddur.db.testkit;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;

/**
 * The number, total size and times of the files in a directory, written into it as its last file. A
 * tree without the stamp was never finished; one that differs from it has lost files since, as
 * happens where a cleaner of temporary files has been, or was written to.
 */
final class TreeStamp extends SimpleFileVisitor<Path> {

  private static final String FILE_NAME = "complete";

  private long files;
  private long bytes;
  private long times;

  private TreeStamp() {}

  static void write(Path root) throws IOException {
    String stamp = of(root);
    Files.writeString(root.resolve(FILE_NAME), stamp);
  }

  /** Returns whether the tree was finished; not whether it still is as it was. */
  static boolean isThere(Path root) {
    return Files.exists(root.resolve(FILE_NAME));
  }

  static boolean matches(Path root) {
    return matches(root, Cache.FOR_EVER);
  }

  /** Returns whether the tree is as it was when it was stamped, and that not longer ago. */
  static boolean matches(Path root, Duration age) {
    try {
      Path stamp = root.resolve(FILE_NAME);
      Instant oldest = Instant.now().minus(age);
      return Files.getLastModifiedTime(stamp).toInstant().isAfter(oldest)
          && Files.readString(stamp).equals(of(root));
    } catch (IOException e) {
      return false;
    }
  }

  private static String of(Path root) throws IOException {
    TreeStamp stamp = new TreeStamp();
    Files.walkFileTree(root, stamp);
    return "%d files, %d bytes, times %x".formatted(stamp.files, stamp.bytes, stamp.times);
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (!file.endsWith(FILE_NAME)) {
      files++;
      bytes += attributes.size();
      // The order in which a directory lists its files is not always the same.
      times += attributes.lastModifiedTime().hashCode();
    }
    return FileVisitResult.CONTINUE;
  }
}
