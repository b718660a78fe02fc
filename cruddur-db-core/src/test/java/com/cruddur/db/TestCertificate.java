package com.cruddur.db;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;

/** A certificate with its key, made for one test run: X.509 (RFC 5280) in as little DER as does. */
public record TestCertificate(String name, KeyPair keys, byte[] encoded) {

  private static final byte[] ECDSA_WITH_SHA256 = hex("300a06082a8648ce3d040302");

  /** Makes a certification authority that signs itself. */
  public static TestCertificate authority(String name) throws GeneralSecurityException {
    KeyPair keys = newKeys();
    byte[] isAuthority = extension("551d13", der(0x30, der(0x01, new byte[] {-1})));
    return new TestCertificate(
        name, keys, certificate(name, name, keys, keys, Duration.ofDays(1), isAuthority));
  }

  /** Makes a server's certificate for a host, which ends after this time from now. */
  public TestCertificate sign(String host, Duration validity) throws GeneralSecurityException {
    KeyPair own = newKeys();
    byte[] names = extension("551d11", der(0x30, der(0x82, host.getBytes(US_ASCII))));
    return new TestCertificate(host, own, certificate(name, host, keys, own, validity, names));
  }

  public String pem() {
    return pem("CERTIFICATE", encoded);
  }

  public String keyPem() {
    return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  private static String pem(String label, byte[] content) {
    String text = Base64.getMimeEncoder().encodeToString(content);
    return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
  }

  private static KeyPair newKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private static byte[] certificate(
      String issuer,
      String subject,
      KeyPair signer,
      KeyPair own,
      Duration validity,
      byte[] extension)
      throws GeneralSecurityException {
    Instant end = Instant.now().plus(validity);
    byte[] serial = BigInteger.valueOf(System.nanoTime()).toByteArray();
    byte[] content =
        der(
            0x30,
            der(0xa0, der(0x02, new byte[] {2})),
            der(0x02, serial),
            ECDSA_WITH_SHA256,
            name(issuer),
            der(0x30, time(end.minus(Duration.ofDays(2))), time(end)),
            name(subject),
            own.getPublic().getEncoded(),
            der(0xa3, der(0x30, extension)));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(signer.getPrivate());
    signature.update(content);
    return der(0x30, content, ECDSA_WITH_SHA256, der(0x03, new byte[] {0}, signature.sign()));
  }

  private static byte[] name(String common) {
    byte[] attribute = der(0x30, hex("0603550403"), der(0x0c, common.getBytes(US_ASCII)));
    return der(0x30, der(0x31, attribute));
  }

  private static byte[] time(Instant instant) {
    DateTimeFormatter format =
        DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    return der(0x18, format.format(instant).getBytes(US_ASCII));
  }

  private static byte[] extension(String identifier, byte[] value) {
    return der(0x30, hex("0603" + identifier), der(0x04, value));
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    int length = content.size();
    if (length > 255) {
      element.write(0x82);
      element.write(length >> 8);
    } else if (length > 127) {
      element.write(0x81);
    }
    element.write(length);
    element.writeBytes(content.toByteArray());
    return element.toByteArray();
  }
}
