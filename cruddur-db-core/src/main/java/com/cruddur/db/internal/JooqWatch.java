package com.cruddur.db.internal;

import java.util.Locale;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jspecify.annotations.Nullable;

/** Watches one statement that jOOQ runs for the caller. */
final class JooqWatch implements ExecuteListener {

  private static final long serialVersionUID = 1L;

  private final transient Telemetry telemetry;
  private transient Telemetry.@Nullable Watch watch;

  JooqWatch(Telemetry telemetry) {
    this.telemetry = telemetry;
  }

  @Override
  public void executeStart(ExecuteContext context) {
    String sql = String.valueOf(context.sql());
    String operation = NamedQuery.operation(sql);
    Telemetry.Watch started =
        telemetry.begin("dsl." + operation.toLowerCase(Locale.ROOT), operation);
    if (started.texts() != null) {
      started.texts().add(sql);
    }
    if (context.connection() != null) {
      started.connected(context.connection());
    }
    watch = started;
  }

  @Override
  public void end(ExecuteContext context) {
    Telemetry.Watch started = watch;
    if (started != null) {
      // Not the driver's own exception: that one has values in it.
      started.end(length(context), context.exception());
    }
  }

  private static long length(ExecuteContext context) {
    return context.result() == null ? Math.max(0, context.rows()) : context.result().size();
  }
}
