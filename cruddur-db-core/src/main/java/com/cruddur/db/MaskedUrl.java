package com.cruddur.db;

import com.cruddur.db.ConnectionUrl.HostPort;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a connection URI without anything that is or may be a secret. */
final class MaskedUrl {

  private static final String MASK = "***";

  private final Map<ConnectionParameter, String> values;

  private MaskedUrl(Map<ConnectionParameter, String> values) {
    this.values = values;
  }

  static String of(Map<ConnectionParameter, String> values, UnescapedCharacters suspects) {
    HostList hosts = HostList.of(values);
    // With an @ out of place or an odd port, any part may be a piece of the password.
    boolean torn = suspects != UnescapedCharacters.NONE || !hosts.isValid();
    return "postgresql://" + (torn ? MASK : new MaskedUrl(values).text(hosts.require(suspects)));
  }

  private String text(List<HostPort> hosts) {
    return userInfo() + join(hosts) + database() + parameters();
  }

  private static String join(List<HostPort> hosts) {
    return hosts.stream().map(HostPort::toString).collect(Collectors.joining(","));
  }

  private String userInfo() {
    String user = values.getOrDefault(ConnectionParameter.USER, "");
    String password = values.getOrDefault(ConnectionParameter.PASSWORD, "");
    if (user.isEmpty() && password.isEmpty()) {
      return "";
    }
    return masked(user, ":@/") + (password.isEmpty() ? "" : ":" + MASK) + "@";
  }

  private String database() {
    String database = values.getOrDefault(ConnectionParameter.DBNAME, "");
    return database.isEmpty() ? "" : "/" + masked(database, "@");
  }

  private String parameters() {
    String parameters =
        values.entrySet().stream()
            .filter(entry -> isParameter(entry.getKey()))
            .map(entry -> entry.getKey().libpqName() + "=" + shown(entry))
            .collect(Collectors.joining("&"));
    return parameters.isEmpty() ? "" : "?" + parameters;
  }

  private static boolean isParameter(ConnectionParameter parameter) {
    return parameter.treatment() != ParameterTreatment.ADDRESS
        && parameter != ConnectionParameter.USER
        && parameter != ConnectionParameter.PASSWORD;
  }

  private static String shown(Map.Entry<ConnectionParameter, String> entry) {
    return entry.getKey().allowedValues().isShown(entry.getValue())
        ? PercentEncoder.encode(entry.getValue())
        : MASK;
  }

  /** Masks a text that holds what belongs between the parts of a URI: it was escaped as a whole. */
  private static String masked(String text, String separators) {
    boolean whole = text.chars().anyMatch(character -> separators.indexOf(character) >= 0);
    return whole ? MASK : PercentEncoder.encode(text);
  }
}
