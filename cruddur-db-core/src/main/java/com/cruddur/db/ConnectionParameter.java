package com.cruddur.db;

import static com.cruddur.db.ParameterTreatment.ADDRESS;
import static com.cruddur.db.ParameterTreatment.CREDENTIAL;
import static com.cruddur.db.ParameterTreatment.DRIVER_BEHAVIOUR;
import static com.cruddur.db.ParameterTreatment.DRIVER_PROPERTY;
import static com.cruddur.db.ParameterTreatment.REFUSED;
import static com.cruddur.db.ParameterTreatment.WITHOUT_EFFECT;
import static com.cruddur.db.ParameterValues.authenticationMethods;
import static com.cruddur.db.ParameterValues.confidentialText;
import static com.cruddur.db.ParameterValues.integer;
import static com.cruddur.db.ParameterValues.oneOf;
import static com.cruddur.db.ParameterValues.pairs;
import static com.cruddur.db.ParameterValues.seconds;
import static com.cruddur.db.ParameterValues.secret;
import static com.cruddur.db.ParameterValues.text;
import static com.cruddur.db.ParameterValues.utf8;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The parameters that libpq knows (PostgreSQL manual, "Parameter Key Words"), and what the driver
 * is given for them. Reading, translation and documentation all follow this table.
 */
enum ConnectionParameter {
  HOST("host", ADDRESS, text()),
  PORT("port", ADDRESS, text()),
  DBNAME("dbname", ADDRESS, text()),

  USER("user", CREDENTIAL, text()),
  PASSWORD("password", CREDENTIAL, secret()),
  SSLPASSWORD("sslpassword", CREDENTIAL, secret()),

  APPLICATION_NAME("application_name", "ApplicationName", text()),
  FALLBACK_APPLICATION_NAME("fallback_application_name", "ApplicationName", text()),
  CHANNEL_BINDING("channel_binding", "channelBinding", oneOf("disable", "prefer", "require")),
  CONNECT_TIMEOUT("connect_timeout", "connectTimeout", seconds()),
  GSSENCMODE("gssencmode", "gssEncMode", oneOf("disable", "prefer", "require")),
  GSSLIB("gsslib", "gsslib", oneOf("gssapi", "sspi")),
  KEEPALIVES("keepalives", "tcpKeepAlive", integer(value -> Boolean.toString(value != 0))),
  KRBSRVNAME("krbsrvname", "kerberosServerName", text()),
  LOAD_BALANCE_HOSTS(
      "load_balance_hosts", "loadBalanceHosts", pairs("disable", "false", "random", "true")),
  OPTIONS("options", "options", confidentialText()),
  REQUIRE_AUTH("require_auth", "requireAuth", authenticationMethods()),
  SSLCERT("sslcert", "sslcert", text()),
  SSLKEY("sslkey", "sslkey", confidentialText()),
  SSLMODE(
      "sslmode",
      "sslmode",
      oneOf("disable", "allow", "prefer", "require", "verify-ca", "verify-full")),
  SSLNEGOTIATION("sslnegotiation", "sslNegotiation", oneOf("postgres", "direct")),
  SSLROOTCERT("sslrootcert", "sslrootcert", text()),
  TARGET_SESSION_ATTRS(
      "target_session_attrs",
      "targetServerType",
      pairs(
          "any", "any",
          "read-write", "primary",
          "read-only", "secondary",
          "primary", "primary",
          "standby", "secondary",
          "prefer-standby", "preferSecondary")),

  CLIENT_ENCODING("client_encoding", DRIVER_BEHAVIOUR, utf8()),
  GSSDELEGATION("gssdelegation", DRIVER_BEHAVIOUR, oneOf("0")),
  SSLCOMPRESSION("sslcompression", DRIVER_BEHAVIOUR, oneOf("0")),
  SSLSNI("sslsni", DRIVER_BEHAVIOUR, oneOf("1")),

  KEEPALIVES_COUNT("keepalives_count", WITHOUT_EFFECT, integer(Integer::toString)),
  KEEPALIVES_IDLE("keepalives_idle", WITHOUT_EFFECT, integer(Integer::toString)),
  KEEPALIVES_INTERVAL("keepalives_interval", WITHOUT_EFFECT, integer(Integer::toString)),
  TCP_USER_TIMEOUT("tcp_user_timeout", WITHOUT_EFFECT, integer(Integer::toString)),

  HOSTADDR("hostaddr", REFUSED, text()),
  MAX_PROTOCOL_VERSION("max_protocol_version", REFUSED, text()),
  MIN_PROTOCOL_VERSION("min_protocol_version", REFUSED, text()),
  OAUTH_CLIENT_ID("oauth_client_id", REFUSED, text()),
  OAUTH_CLIENT_SECRET("oauth_client_secret", REFUSED, secret()),
  OAUTH_ISSUER("oauth_issuer", REFUSED, text()),
  OAUTH_SCOPE("oauth_scope", REFUSED, text()),
  PASSFILE("passfile", REFUSED, text()),
  REPLICATION("replication", REFUSED, text()),
  REQUIREPEER("requirepeer", REFUSED, text()),
  SCRAM_CLIENT_KEY("scram_client_key", REFUSED, secret()),
  SCRAM_SERVER_KEY("scram_server_key", REFUSED, secret()),
  SERVICE("service", REFUSED, text()),
  SERVICEFILE("servicefile", REFUSED, text()),
  SSLCERTMODE("sslcertmode", REFUSED, text()),
  SSLCRL("sslcrl", REFUSED, text()),
  SSLCRLDIR("sslcrldir", REFUSED, text()),
  SSLKEYLOGFILE("sslkeylogfile", REFUSED, text()),
  SSL_MAX_PROTOCOL_VERSION("ssl_max_protocol_version", REFUSED, text()),
  SSL_MIN_PROTOCOL_VERSION("ssl_min_protocol_version", REFUSED, text());

  private static final Map<String, ConnectionParameter> BY_NAME =
      Arrays.stream(values())
          .collect(
              Collectors.toUnmodifiableMap(ConnectionParameter::libpqName, Function.identity()));

  private final String libpqName;
  private final ParameterTreatment treatment;
  private final String driverProperty;

  /** Immutable, though no annotation tells Error Prone so. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final ParameterValues allowedValues;

  ConnectionParameter(
      String libpqName, ParameterTreatment treatment, ParameterValues allowedValues) {
    this(libpqName, treatment, "", allowedValues);
  }

  ConnectionParameter(String libpqName, String driverProperty, ParameterValues allowedValues) {
    this(libpqName, DRIVER_PROPERTY, driverProperty, allowedValues);
  }

  ConnectionParameter(
      String libpqName,
      ParameterTreatment treatment,
      String driverProperty,
      ParameterValues allowedValues) {
    this.libpqName = libpqName;
    this.treatment = treatment;
    this.driverProperty = driverProperty;
    this.allowedValues = allowedValues;
  }

  /** Finds a parameter by its libpq name, which is case-sensitive. */
  static Optional<ConnectionParameter> named(String libpqName) {
    return Optional.ofNullable(BY_NAME.get(libpqName));
  }

  /** Finds what someone may have meant who wrote the driver's name or another spelling. */
  static Optional<ConnectionParameter> similarTo(String name) {
    return Arrays.stream(values()).filter(parameter -> parameter.isSpelled(name)).findFirst();
  }

  private boolean isSpelled(String name) {
    return name.equalsIgnoreCase(driverProperty)
        || name.replaceAll("[_.-]", "").equalsIgnoreCase(libpqName.replace("_", ""));
  }

  String libpqName() {
    return libpqName;
  }

  ParameterTreatment treatment() {
    return treatment;
  }

  /** The name of the driver's property, or an empty text where there is none. */
  String driverProperty() {
    return driverProperty;
  }

  ParameterValues allowedValues() {
    return allowedValues;
  }
}
