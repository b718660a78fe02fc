/** The data-access library of Cruddur: from {@code CONNECTION_URL} to typed queries and JSON. */
module com.cruddur.db {
  requires transitive java.sql;
  requires transitive com.zaxxer.hikari;
  requires transitive org.jooq;
  requires static transitive org.jspecify;
  requires org.postgresql.jdbc;
  requires org.slf4j;

  // Credentials from AWS, for whoever has the signing module of its SDK. Not transitive: javac
  // would
  // want it of all who compile against this module.
  requires static software.amazon.awssdk.identity.spi;
  requires static software.amazon.awssdk.http.auth.aws;
  requires static software.amazon.awssdk.http.auth.spi;
  requires static software.amazon.awssdk.http;

  // Spans, for whoever has the API of OpenTelemetry.
  requires static io.opentelemetry.api;

  // The driver makes the socket factory by its name.
  opens com.cruddur.db.internal to
      org.postgresql.jdbc;

  exports com.cruddur.db;
  exports com.cruddur.db.activities;
  exports com.cruddur.db.aws;
  exports com.cruddur.db.json;
  exports com.cruddur.db.otel;
  exports com.cruddur.db.schema;
  exports com.cruddur.db.schema.tables;
  exports com.cruddur.db.schema.tables.records;
  exports com.cruddur.db.users;
}
