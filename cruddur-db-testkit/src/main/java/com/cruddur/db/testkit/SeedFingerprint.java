package com.cruddur.db.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A short text that is another one as soon as a seed set may load other rows. */
final class SeedFingerprint {

  private static final int LENGTH = 16;

  private final MessageDigest digest;

  private SeedFingerprint() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256", impossible);
    }
  }

  /** Returns 16 hexadecimal digits, made of name, version and class files. */
  static String of(SeedSet set) {
    SeedFingerprint fingerprint = new SeedFingerprint();
    // The nest of a class says not which class of it was meant.
    fingerprint.add(set.getClass().getName());
    fingerprint.add(set.version());
    fingerprint.addCode(set.getClass());
    return HexFormat.of().formatHex(fingerprint.digest.digest()).substring(0, LENGTH);
  }

  private void addCode(@Nullable Class<?> type) {
    if (type == null || type.getModule().equals(Object.class.getModule())) {
      return;
    }
    for (Class<?> member : type.getNestMembers()) {
      add(member.getName());
      add(classFile(member));
    }
    addCode(type.getSuperclass());
  }

  private void add(String part) {
    add(part.getBytes(StandardCharsets.UTF_8));
  }

  private void add(byte[] part) {
    digest.update((part.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(part);
  }

  private static byte[] classFile(Class<?> type) {
    String name = type.getName();
    String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
    try (InputStream content = type.getResourceAsStream(file)) {
      // A class without a file was made by this JVM, and no other is the same.
      return content == null
          ? UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII)
          : content.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException("The class file of " + name + " cannot be read", failure);
    }
  }
}
