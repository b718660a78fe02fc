package com.cruddur.db;

import com.cruddur.db.internal.TransactionScope;
import java.time.Clock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What can be asked inside a transaction, and how one is run. */
final class Transaction extends QuerySet {

  private Transaction(DataSource view, @Nullable Clock clock) {
    super(view, clock);
  }

  /**
   * Runs the work in a transaction on a connection of the data source, and again if the server
   * undid it for the sake of others. Inside of a transaction it is a savepoint, and not repeated:
   * what the server undid is more than that.
   */
  static <T extends @Nullable Object, E extends Exception> T run(
      DataSource dataSource, @Nullable Clock clock, TransactionWork<T, E> work) throws E {
    Retries retries = new Retries();
    while (true) {
      boolean repeatable = true;
      try (TransactionScope scope = TransactionScope.begin(dataSource)) {
        repeatable = scope.isWhole();
        T result = work.run(new Transaction(scope.source(), clock));
        scope.commit();
        return result;
      } catch (Throwable failure) {
        if (!repeatable || !retries.another(failure)) {
          throw failure;
        }
      }
    }
  }
}
