package com.cruddur.db.internal;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Objects;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.postgresql.ssl.WrappedFactory;

/**
 * Trusts the certificates of Amazon RDS and RDS Proxy, and no others. The driver makes it by its
 * name; the host name is verified by the driver.
 */
public final class RdsSocketFactory extends WrappedFactory {

  static final String ROOTS = "rds-roots.pem";

  /**
   * Makes a factory.
   *
   * @param settings the driver's, of which none is needed
   */
  public RdsSocketFactory(Properties settings) throws GeneralSecurityException, IOException {
    Objects.requireNonNull(settings, "settings");
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keyStore(roots()));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    factory = context.getSocketFactory();
  }

  private static KeyStore keyStore(Collection<? extends Certificate> roots)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (Certificate root : roots) {
      store.setCertificateEntry("rds-" + number++, root);
    }
    return store;
  }

  static Collection<? extends Certificate> roots() throws GeneralSecurityException, IOException {
    try (InputStream pem = RdsSocketFactory.class.getResourceAsStream(ROOTS)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(pem);
    }
  }
}
