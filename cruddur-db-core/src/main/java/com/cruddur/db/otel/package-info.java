/**
 * Spans of OpenTelemetry, for whoever has its API on the class path; nothing else of this library
 * needs it.
 *
 * <p>Start with {@link com.cruddur.db.otel.OpenTelemetryTracing}.
 */
@NullMarked
package com.cruddur.db.otel;

import org.jspecify.annotations.NullMarked;
