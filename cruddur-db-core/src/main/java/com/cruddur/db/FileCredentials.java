package com.cruddur.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the password, and perhaps the user, from files. A read costs less than a login by far. */
final class FileCredentials implements CredentialsProvider {

  private static final long LONGEST = 64 * 1024;

  private final @Nullable Path user;
  private final Path password;

  FileCredentials(@Nullable Path user, Path password) {
    this.user = user;
    this.password = password;
  }

  @Override
  public Credentials credentials(ConnectionUrl url) {
    String name = user == null ? UrlCredentials.user(url) : read(user);
    return new Credentials(name, read(password));
  }

  private static String read(Path file) {
    try {
      if (Files.size(file) > LONGEST) {
        throw new IllegalStateException(
            "The file " + file + " is too long for a user or password. Correct the path.");
      }
      return withoutLineBreak(file, Files.readString(file));
    } catch (IOException failure) {
      throw new IllegalStateException(
          "The file "
              + file
              + " cannot be read ("
              + failure.getClass().getSimpleName()
              + "). Mount it as UTF-8 text, or correct the path.",
          failure);
    }
  }

  private static String withoutLineBreak(Path file, String text) {
    String line = text.replaceFirst("\\R\\z", "");
    if (line.isEmpty()) {
      throw new IllegalStateException("The file " + file + " is empty. Write the secret into it.");
    }
    return line;
  }

  /** Names the files. */
  @Override
  public String toString() {
    return "FileCredentials[" + (user == null ? "" : user + ", ") + password + "]";
  }
}
