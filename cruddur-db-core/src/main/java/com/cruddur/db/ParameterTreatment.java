package com.cruddur.db;

/** What becomes of a libpq connection parameter in JDBC. */
enum ParameterTreatment {
  /** Part of the JDBC URL. */
  ADDRESS("part of the JDBC URL"),

  /** Given to the pool apart, so that neither the JDBC URL nor the driver's properties hold it. */
  CREDENTIAL("given to the pool apart"),

  /** Given to the driver as one of its properties. */
  DRIVER_PROPERTY("given to the driver"),

  /** Accepted with the value that describes what the driver does in any case. */
  DRIVER_BEHAVIOUR("accepted with what the driver does in any case"),

  /** Accepted without effect; the pool warns of it. */
  WITHOUT_EFFECT("accepted without effect, with a warning"),

  /** Refused, because the driver would drop what protects or addresses. */
  REFUSED("refused");

  private final String description;

  ParameterTreatment(String description) {
    this.description = description;
  }

  @Override
  public String toString() {
    return description;
  }
}
