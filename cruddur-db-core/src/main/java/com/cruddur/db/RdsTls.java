package com.cruddur.db;

import static com.cruddur.db.ConnectionParameter.SSLCERT;
import static com.cruddur.db.ConnectionParameter.SSLMODE;
import static com.cruddur.db.ConnectionParameter.SSLROOTCERT;

import com.cruddur.db.internal.RdsSocketFactory;
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

  /** In China the region stands behind {@code rds}, elsewhere before it. */
  private static final Pattern RDS_HOST =
      Pattern.compile("(.+\\.)?rds\\.([a-z0-9-]+\\.)?amazonaws\\.com(\\.cn)?\\.?");

  private static final Set<String> VERIFYING = Set.of("verify-ca", "verify-full");

  private RdsTls() {}

  /**
   * Returns the URL with the {@code sslmode} that it means. Certificates of its own say whom to
   * trust, not that nobody is to be asked.
   */
  static ConnectionUrl withMode(ConnectionUrl url) {
    return isRds(url) && url.find(SSLMODE).isEmpty() ? url.with(SSLMODE, "verify-full") : url;
  }

  static void complete(ConnectionUrl url, Properties properties) {
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
        && !(url.find(SSLMODE).isPresent() && RootCertificate.exists());
  }
}
