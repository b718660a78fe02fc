package com.example.feedservice;

import com.cruddur.db.ConnectionFailedException;
import com.cruddur.db.CruddurDbException;
import com.cruddur.db.InvalidInputException;
import com.cruddur.db.ReadOnlyException;
import com.cruddur.db.UnknownActivityException;
import com.cruddur.db.UnknownUserException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What went wrong, as the caller and the log are told. Neither hears of anybody's data. */
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  /**
   * A session that ended, resources, an operator, a lock that was not had, and what the server
   * undid for the sake of others: PostgreSQL manual, "Error Codes".
   */
  private static final String PASSING = "08...|53...|57...|55P03|40001|40P01";

  private final AtomicBoolean inOutage = new AtomicBoolean();

  /** Called when the database has answered. */
  void over() {
    if (inOutage.get() && inOutage.compareAndSet(true, false)) {
      LOG.warn("the database answers again");
    }
  }

  Response answer(String route, RuntimeException failure) {
    return switch (failure) {
      case Refusal refusal -> refusal.response();
      case InvalidInputException invalid -> Response.error(status(invalid), invalid.code());
      case UnknownUserException unknown -> Response.error(401, "user_unknown");
      case UnknownActivityException unknown -> Response.error(404, "activity_not_found");
      case CruddurDbException database -> database(route, database);
      default -> unexpected(route, failure);
    };
  }

  private static int status(InvalidInputException invalid) {
    return invalid.code().startsWith("cognito_user_id") ? 401 : 422;
  }

  private Response database(String route, CruddurDbException failure) {
    if (!mayPass(failure)) {
      LOG.error("{} failed", route, failure);
      return Response.error(500, "internal_error");
    }
    // Once for an outage: thousands of callers would all say the same.
    if (inOutage.compareAndSet(false, true)) {
      LOG.warn("{} is answered with 503: {}", route, failure.getMessage());
    }
    return Response.notNow("unavailable");
  }

  private static boolean mayPass(CruddurDbException failure) {
    return failure instanceof ConnectionFailedException
        || failure instanceof ReadOnlyException
        || failure.sqlState().filter(state -> state.matches(PASSING)).isPresent();
  }

  /** The library keeps data out of its messages; what others say in theirs nobody knows. */
  private static Response unexpected(String route, RuntimeException failure) {
    RuntimeException safe = new RuntimeException(failure.getClass().getName());
    safe.setStackTrace(failure.getStackTrace());
    LOG.error("{} failed", route, safe);
    return Response.error(500, "internal_error");
  }
}
