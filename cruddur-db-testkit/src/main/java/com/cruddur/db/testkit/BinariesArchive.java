package com.cruddur.db.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The archive of server binaries on the class path: a tar file, packed with xz, inside a jar. */
final class BinariesArchive {

  private final URL url;

  private BinariesArchive(URL url) {
    this.url = url;
  }

  static BinariesArchive of(Platform platform) {
    URL url = BinariesArchive.class.getClassLoader().getResource(platform.resource());
    if (url == null) {
      throw new LocalPostgresException(
          "No PostgreSQL binaries for this platform: %s is not on the class path. Add the dependency %s in scope runtime."
              .formatted(platform.resource(), platform.artifact()));
    }
    return new BinariesArchive(url);
  }

  /** Returns a text that changes with the content. */
  String fingerprint() throws IOException {
    URLConnection connection = connect();
    if (connection instanceof JarURLConnection jar) {
      // The jar's directory knows the checksum: reading 15 MB at each start would cost more than
      // the start.
      try (JarFile file = jar.getJarFile()) {
        JarEntry entry = file.getJarEntry(jar.getEntryName());
        return fingerprint(entry.getCrc(), entry.getSize());
      }
    }
    try (var content = new CheckedInputStream(connection.getInputStream(), new CRC32())) {
      long size = content.transferTo(OutputStream.nullOutputStream());
      return fingerprint(content.getChecksum().getValue(), size);
    }
  }

  void extractTo(Path directory) throws IOException {
    try (InputStream packed = new BufferedInputStream(connect().getInputStream());
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        extract(entry, tar, directory);
      }
    }
  }

  private static void extract(TarArchiveEntry entry, InputStream content, Path directory)
      throws IOException {
    Path target = inside(directory, directory.resolve(entry.getName()));
    if (entry.isDirectory()) {
      makeDirectory(target);
      return;
    }
    makeDirectory(target.resolveSibling(""));
    if (entry.isSymbolicLink()) {
      inside(directory, target.resolveSibling(entry.getLinkName()));
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else if (entry.isFile() && !entry.isLink()) {
      Files.copy(content, target);
      boolean executable = (entry.getMode() & 0100) != 0;
      FileTrees.permit(target, executable ? "rwxr-xr-x" : "rw-r--r--");
    } else {
      throw new IOException("Unexpected kind of entry in the archive: " + entry.getName());
    }
  }

  private static void makeDirectory(Path directory) throws IOException {
    if (Files.notExists(directory)) {
      makeDirectory(directory.resolveSibling(""));
      Files.createDirectory(directory);
      // Whatever our umask is: the server may run as another account.
      FileTrees.permit(directory, "rwxr-xr-x");
    }
  }

  private static Path inside(Path directory, Path path) throws IOException {
    if (!path.normalize().startsWith(directory)) {
      throw new IOException("The archive has an entry outside of its directory: " + path);
    }
    return path;
  }

  private URLConnection connect() throws IOException {
    URLConnection connection = url.openConnection();
    // A cached connection would share, and with our close end, a JarFile of somebody else.
    connection.setUseCaches(false);
    return connection;
  }

  private static String fingerprint(long checksum, long size) {
    return Long.toHexString(checksum) + "-" + size;
  }
}
