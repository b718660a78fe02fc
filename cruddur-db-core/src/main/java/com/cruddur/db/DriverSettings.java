package com.cruddur.db;

import static com.cruddur.db.ConnectionParameter.APPLICATION_NAME;
import static com.cruddur.db.ConnectionParameter.FALLBACK_APPLICATION_NAME;
import static com.cruddur.db.ConnectionParameter.KEEPALIVES;

import java.util.Map;
import java.util.Properties;

/**
 * Translates the parameters of a connection URI into the driver's properties.
 *
 * <p>What the driver cannot honour is refused, with the name of the parameter and never its value.
 */
final class DriverSettings {

  private static final String TRUE = "true";

  private DriverSettings() {}

  static Properties of(Map<ConnectionParameter, String> values) {
    Properties properties = new Properties();
    // libpq keeps connections alive unless it is told not to, the driver only if it is told to.
    properties.setProperty(KEEPALIVES.driverProperty(), TRUE);
    values.forEach((parameter, value) -> translate(parameter, value, properties));
    nameApplication(values, properties);
    TlsSettings.complete(values, properties);
    return properties;
  }

  private static void translate(
      ConnectionParameter parameter, String value, Properties properties) {
    if (parameter.treatment() == ParameterTreatment.REFUSED) {
      throw refuse(parameter, "cannot be honoured over JDBC: leave it out");
    }
    String translated =
        parameter
            .allowedValues()
            .translate(value)
            .orElseThrow(() -> refuse(parameter, "can be " + parameter.allowedValues()));
    if (parameter.treatment() == ParameterTreatment.DRIVER_PROPERTY && !translated.isEmpty()) {
      properties.setProperty(parameter.driverProperty(), translated);
    }
  }

  /** Makes the exception for a parameter that the driver cannot honour. */
  static IllegalArgumentException refuse(ConnectionParameter parameter, String reason) {
    return new IllegalArgumentException(
        "The parameter " + parameter.libpqName() + " " + reason + ".");
  }

  private static void nameApplication(
      Map<ConnectionParameter, String> values, Properties properties) {
    String fallback = values.get(FALLBACK_APPLICATION_NAME);
    String name = values.containsKey(APPLICATION_NAME) ? values.get(APPLICATION_NAME) : fallback;
    if (name != null) {
      properties.setProperty(APPLICATION_NAME.driverProperty(), name);
      // Lets the driver send the name with its first packet, where the server's log wants it.
      properties.setProperty("assumeMinServerVersion", "9.0");
    }
  }
}
