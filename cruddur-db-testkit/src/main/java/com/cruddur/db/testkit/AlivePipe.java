package com.cruddur.db.testkit;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A named pipe that every JVM that uses a server holds open. The server's guard reads it and stops
 * the server after the last has let it go, which the operating system sees to, whatever ends a JVM.
 */
final class AlivePipe implements Closeable {

  private static final String FILE_NAME = "alive";

  /** What the guard reads of someone who arrives. */
  private static final byte[] ARRIVAL = {'\n'};

  private final Path file;
  private final FileChannel channel;

  private AlivePipe(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Makes the pipe of a new server, for its first JVM. */
  static AlivePipe create(Path directory) throws IOException, InterruptedException {
    Path file = directory.resolve(FILE_NAME);
    Command.Result result = Command.run(List.of("mkfifo", "-m", "600", file.toString()));
    if (!result.succeeded()) {
      throw new IOException("No named pipe could be made: " + result.output());
    }
    return new AlivePipe(file, open(file));
  }

  /** Joins the other JVMs; empty if the server is about to stop, or has. */
  static Optional<AlivePipe> join(Path directory) throws IOException {
    Path file = directory.resolve(FILE_NAME);
    try {
      AlivePipe pipe = new AlivePipe(file, open(file));
      pipe.channel.write(ByteBuffer.wrap(ARRIVAL));
      // The guard takes the name away before it looks for the last time: who still sees it now has
      // been seen as well.
      if (Files.exists(file)) {
        return Optional.of(pipe);
      }
      pipe.close();
      return Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** For reading too: who opens a pipe for writing alone waits until somebody reads. */
  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, READ, WRITE);
  }

  Path file() {
    return file;
  }

  /** Keeps the server for a time, also when this JVM and all others have ended. */
  void hold(Duration time) throws IOException {
    Command.builder(List.of("sleep", Long.toString(time.toSeconds())))
        .redirectOutput(file.toFile())
        .start();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
