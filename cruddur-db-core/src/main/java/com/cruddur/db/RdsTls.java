package com.cruddur.db;

import static com.cruddur.db.ConnectionParameter.SSLCERT;
import static com.cruddur.db.ConnectionParameter.SSLMODE;
import static com.cruddur.db.ConnectionParameter.SSLROOTCERT;

import com.cruddur.db.internal.RdsSocketFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.postgresql.PGProperty;

/**
 * TLS to Amazon RDS: verified in full unless the URL says otherwise, against the root certificates
 * that AWS publishes. RDS Proxy has names below the same domains.
 */
final class RdsTls {

  private static final Pattern RDS_HOST =
      Pattern.compile("(.+\\.)?rds\\.amazonaws\\.com(\\.cn)?\\.?");
  private static final Set<String> VERIFYING = Set.of("verify-ca", "verify-full");

  private RdsTls() {}

  static void complete(ConnectionUrl url, Properties properties) {
    if (isRds(url)) {
      // Certificates of the URL's own say whom to trust, not that nobody is to be asked.
      properties.putIfAbsent(SSLMODE.driverProperty(), "verify-full");
    }
    // A client's certificate is for the driver's own factory to show.
    if (isVerifiedRds(url) && url.find(SSLCERT).isEmpty()) {
      PGProperty.SSL_FACTORY.set(properties, RdsSocketFactory.class.getName());
    }
  }

  private static boolean isVerifiedRds(ConnectionUrl url) {
    return isRds(url) && leavesTrustOpen(url);
  }

  private static boolean isRds(ConnectionUrl url) {
    return url.hosts().stream().anyMatch(host -> isRds(host.host()));
  }

  static boolean isRds(String host) {
    return RDS_HOST.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  /** Whether the URL asks to verify, or for nothing, and names no certificates for it. */
  private static boolean leavesTrustOpen(ConnectionUrl url) {
    return url.find(SSLROOTCERT).isEmpty()
        && url.find(SSLMODE).map(VERIFYING::contains).orElse(true)
        && !(url.find(SSLMODE).isPresent() && hasRootCertificateOfItsOwn());
  }

  /** Where libpq, asked to verify, looks if the URL names no file. */
  private static boolean hasRootCertificateOfItsOwn() {
    return Files.exists(Path.of(System.getProperty("user.home"), ".postgresql", "root.crt"));
  }
}
