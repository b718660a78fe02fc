package com.cruddur.db;

import static com.cruddur.db.ConnectionParameter.TARGET_SESSION_ATTRS;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to do about a login that the driver gives up. Its texts are translated: only the names in
 * them can be relied on.
 */
final class DriverRemedy {

  private static final Set<String> STRICT = Set.of("read-write", "read-only", "primary", "standby");

  private DriverRemedy() {}

  static String of(ConnectionUrl url, String said, @Nullable String state) {
    if (said.contains("targetServerType")) {
      return ofHosts(url.find(TARGET_SESSION_ATTRS).map(STRICT::contains).orElse(false));
    }
    return switch (String.valueOf(state)) {
      case "08P01" ->
          "what answers there does not speak PostgreSQL's protocol. Check host and port: another"
              + " service may listen there.";
      case "08004" -> said + "." + ofRefusal(said);
      case "08006" -> said + "." + ofTls(said);
      default -> said + ".";
    };
  }

  /** The driver passes over hosts that it found away a moment ago, and then says no more. */
  private static String ofHosts(boolean strict) {
    return strict
        ? "no host that can be reached is what target_session_attrs asks for. Check which server is"
            + " the primary, that all of them run, or name all hosts in the connection URL."
        : "none of the hosts could be reached. Check that they run, that PostgreSQL is what listens"
            + " there, and that firewalls or security groups let this machine through.";
  }

  private static String ofRefusal(String said) {
    if (said.contains("requireAuth")) {
      return " The server asks for another method than require_auth allows: change require_auth in"
          + " the connection URL, or the method in the server's pg_hba.conf.";
    }
    if (said.contains("GSS")) {
      return " Set gssencmode=prefer or disable in the connection URL, or have Kerberos and a"
          + " hostgssenc entry of pg_hba.conf on the server.";
    }
    if (said.contains("hannel")) {
      return " Set channel_binding=prefer in the connection URL; require needs TLS (sslmode=require)"
          + " and a SCRAM password.";
    }
    return said.contains("SSL")
        ? " Turn TLS on at the server, or set sslmode=prefer in the connection URL if the network"
            + " may be trusted."
        : " Check the password in the connection URL.";
  }

  private static String ofTls(String said) {
    return said.contains("hostnameverifier")
        ? " Connect by the name that is in the server's certificate, or set sslmode=verify-ca."
        : " Check the files that sslcert, sslkey and sslrootcert name: sslkey is a key in PKCS-8"
            + " (DER), RSA in PEM, or a PKCS-12 file (.p12), for its owner's eyes only (chmod 600);"
            + " sslpassword opens it.";
  }
}
