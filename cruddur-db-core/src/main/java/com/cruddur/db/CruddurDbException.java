package com.cruddur.db;

import com.cruddur.db.internal.SqlStates;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The root of what this library throws when the database, and not an argument, is the reason.
 *
 * <p>A subclass exists where a caller would act differently. Messages hold no secret, no bind value
 * and no row content, nor does the cause of a failed statement: quotes, numbers and what follows a
 * colon are left out of the server's message where they may be one. What a function of your own
 * says with RAISE is passed on as it is.
 *
 * @since 0.1.0
 */
public class CruddurDbException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what happened and what to do
   * @param cause what the driver or the server said, or null if neither said anything
   */
  public CruddurDbException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Returns the SQLSTATE of the failure, as listed in the PostgreSQL manual, appendix "Error
   * Codes".
   *
   * @return five characters such as {@code 57P01}, or nothing if no statement failed
   */
  public Optional<String> sqlState() {
    return SqlStates.of(getCause());
  }
}
