package com.cruddur.db.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/** Short texts that change with the content of what is on the class path. */
final class Fingerprint {

  private static final int DIGITS = 16;

  private Fingerprint() {}

  /** Returns a text that changes with each of the texts and with their order. */
  static String of(Collection<String> texts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(String.join("\n", texts).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** Returns a text that changes with the code of a class, and with its nested classes'. */
  static String ofClass(Class<?> type) throws IOException {
    String name = type.getName();
    String folder = name.substring(0, name.lastIndexOf('.') + 1).replace('.', '/');
    String simple = name.substring(folder.length());
    return of(
        resources(type.getClassLoader(), folder).stream()
            .filter(file -> file.matches("\\Q" + folder + simple + "\\E(\\$.*)?\\.class .*"))
            .toList());
  }

  /** Returns a text that changes with any file below a folder, in whatever jar it is. */
  static String ofFolder(ClassLoader loader, String folder) throws IOException {
    return of(resources(loader, folder));
  }

  /** Returns name and checksum of each file below a folder, in order. */
  private static Collection<String> resources(ClassLoader loader, String folder)
      throws IOException {
    TreeSet<String> files = new TreeSet<>();
    List<URL> roots = Collections.list(loader.getResources(folder));
    if (roots.isEmpty()) {
      throw new IOException(folder + " is not on the class path");
    }
    for (URL root : roots) {
      URLConnection connection = root.openConnection();
      if (connection instanceof JarURLConnection jar) {
        addEntries(jar, folder, files);
      } else {
        addFiles(Path.of(URI.create(root.toString())), folder, files);
      }
    }
    return files;
  }

  private static void addEntries(JarURLConnection connection, String folder, TreeSet<String> files)
      throws IOException {
    // A cached connection would share, and with our close end, a JarFile of somebody else.
    connection.setUseCaches(false);
    try (JarFile jar = connection.getJarFile()) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (entry.getName().startsWith(folder) && !entry.isDirectory()) {
          files.add(line(entry.getName(), entry.getCrc(), entry.getSize()));
        }
      }
    }
  }

  private static void addFiles(Path root, String folder, TreeSet<String> files) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path file : paths.filter(Files::isRegularFile).toList()) {
        try (InputStream in = Files.newInputStream(file);
            CheckedInputStream content = new CheckedInputStream(in, new CRC32())) {
          long size = content.transferTo(OutputStream.nullOutputStream());
          String name = folder + root.relativize(file).toString();
          files.add(line(name, content.getChecksum().getValue(), size));
        }
      }
    }
  }

  private static String line(String name, long checksum, long size) {
    return "%s %x %d".formatted(name, checksum, size);
  }
}
