package com.cruddur.db.testkit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a server keeps of a password (RFC 5803): so no statement, and no log, holds the password
 * itself.
 */
final class ScramVerifier {

  private static final String ALGORITHM = "HmacSHA256";

  private ScramVerifier() {}

  /**
   * Returns the verifier of a password that is long and random. One iteration is enough for it, and
   * saves each new session the milliseconds of the 4096 that are there to slow down who guesses.
   */
  static String ofRandom(String password) {
    return of(password, 1);
  }

  /** Returns the verifier of any password, as PostgreSQL would make it. */
  static String of(String password, int iterations) {
    try {
      // The same each time, so that JVMs that set it do not disturb each other.
      byte[] salt = sha256("salt of " + password);
      byte[] salted = stretch(password, salt, iterations);
      byte[] storedKey = sha256(hmac(salted, "Client Key"));
      byte[] serverKey = hmac(salted, "Server Key");
      return "SCRAM-SHA-256$%d:%s$%s:%s"
          .formatted(iterations, text(salt), text(storedKey), text(serverKey));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
    }
  }

  /** Returns 64 hexadecimal digits that do not lead back to the text. */
  static String digest(String text) {
    try {
      return HexFormat.of().formatHex(sha256(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** Hi() of RFC 5802, of one block. */
  private static byte[] stretch(String password, byte[] salt, int iterations)
      throws GeneralSecurityException {
    byte[] key = password.getBytes(StandardCharsets.UTF_8);
    byte[] first = new byte[salt.length + Integer.BYTES];
    System.arraycopy(salt, 0, first, 0, salt.length);
    first[first.length - 1] = 1;
    byte[] block = hmac(key, first);
    byte[] result = block.clone();
    for (int round = 1; round < iterations; round++) {
      block = hmac(key, block);
      for (int index = 0; index < result.length; index++) {
        result[index] ^= block[index];
      }
    }
    return result;
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    return hmac(key, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(ALGORITHM);
    mac.init(new SecretKeySpec(key, ALGORITHM));
    return mac.doFinal(text);
  }

  private static byte[] sha256(String text) throws GeneralSecurityException {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
