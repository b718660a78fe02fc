package com.cruddur.db.testkit;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The number and total size of the files in a directory, written into it as its last file. A tree
 * without the stamp was never finished; one that differs from it has lost files since, as happens
 * where a cleaner of temporary files has been.
 */
final class TreeStamp extends SimpleFileVisitor<Path> {

  private static final String FILE_NAME = "complete";

  private long files;
  private long bytes;

  private TreeStamp() {}

  static void write(Path root) throws IOException {
    String stamp = of(root);
    Files.writeString(root.resolve(FILE_NAME), stamp);
  }

  static boolean matches(Path root) {
    try {
      return Files.readString(root.resolve(FILE_NAME)).equals(of(root));
    } catch (IOException e) {
      return false;
    }
  }

  private static String of(Path root) throws IOException {
    TreeStamp stamp = new TreeStamp();
    Files.walkFileTree(root, stamp);
    return "%d files, %d bytes".formatted(stamp.files, stamp.bytes);
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (!file.endsWith(FILE_NAME)) {
      files++;
      bytes += attributes.size();
    }
    return FileVisitResult.CONTINUE;
  }
}
