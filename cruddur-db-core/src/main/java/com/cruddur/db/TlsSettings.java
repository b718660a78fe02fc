package com.cruddur.db;

import static com.cruddur.db.ConnectionParameter.SSLCERT;
import static com.cruddur.db.ConnectionParameter.SSLKEY;
import static com.cruddur.db.ConnectionParameter.SSLMODE;
import static com.cruddur.db.ConnectionParameter.SSLNEGOTIATION;
import static com.cruddur.db.ConnectionParameter.SSLPASSWORD;
import static com.cruddur.db.ConnectionParameter.SSLROOTCERT;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * The rules by which TLS parameters depend on each other in libpq and do not in the driver
 * (PostgreSQL manual, "SSL Support").
 */
final class TlsSettings {

  private static final String VERIFY_CA = "verify-ca";
  private static final String VERIFY_FULL = "verify-full";
  private static final Set<String> ENCRYPTING = Set.of("require", VERIFY_CA, VERIFY_FULL);

  private TlsSettings() {}

  /** Completes properties that hold the translated parameters. */
  static void complete(Map<ConnectionParameter, String> values, Properties properties) {
    String rootCertificate = values.getOrDefault(SSLROOTCERT, "");
    if (rootCertificate.equals("system")) {
      trustSystem(values, properties);
    } else if ("require".equals(values.get(SSLMODE))
        && (!rootCertificate.isEmpty() || RootCertificate.exists())) {
      // Where libpq has a root certificate, it verifies with it.
      properties.setProperty(SSLMODE.driverProperty(), VERIFY_CA);
    }
    if ("direct".equals(values.get(SSLNEGOTIATION)) && !isEncrypting(properties)) {
      throw DriverSettings.refuse(
          SSLNEGOTIATION, "can be direct only with sslmode require, verify-ca or verify-full");
    }
  }

  private static void trustSystem(Map<ConnectionParameter, String> values, Properties properties) {
    if (!values.getOrDefault(SSLMODE, VERIFY_FULL).equals(VERIFY_FULL)) {
      throw DriverSettings.refuse(SSLROOTCERT, "can be system only with sslmode verify-full");
    }
    // The driver's factory for the JVM's trust store shows no client certificate.
    for (ConnectionParameter parameter : List.of(SSLCERT, SSLKEY, SSLPASSWORD)) {
      if (!values.getOrDefault(parameter, "").isEmpty()) {
        throw DriverSettings.refuse(
            parameter, "cannot be honoured over JDBC together with sslrootcert=system");
      }
    }
    properties.remove(SSLROOTCERT.driverProperty());
    properties.setProperty(SSLMODE.driverProperty(), VERIFY_FULL);
    properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
  }

  private static boolean isEncrypting(Properties properties) {
    return ENCRYPTING.contains(properties.getProperty(SSLMODE.driverProperty(), ""));
  }
}
