package com.cruddur.db.internal;

import javax.sql.DataSource;
import org.jooq.Isolation;
import org.jooq.Readonly;
import org.jooq.Transaction;
import org.jooq.TransactionContext;
import org.jooq.TransactionProperty;
import org.jooq.TransactionProvider;

/**
 * Transactions that are begun through jOOQ: as those of the library, nested ones included, but
 * never repeated.
 */
record JooqTransactions(DataSource dataSource) implements TransactionProvider {

  /** What jOOQ keeps of a transaction from its begin to its end. */
  private record Begun(TransactionScope scope) implements Transaction {}

  @Override
  public void begin(TransactionContext context) {
    TransactionScope scope = TransactionScope.begin(dataSource);
    context.transaction(new Begun(scope));
    // The context's own copy: it is what the work is given.
    context
        .configuration()
        .set(new JooqConnections(scope.source()))
        .set(new JooqTransactions(scope.source()));
    for (TransactionProperty property : context.properties()) {
      context.configuration().dsl().execute("SET TRANSACTION " + mode(property));
    }
  }

  /** In the words of PostgreSQL's SET TRANSACTION. */
  private static String mode(TransactionProperty property) {
    if (property instanceof Isolation level) {
      return "ISOLATION LEVEL " + level.name().replace('_', ' ');
    }
    if (property == Readonly.READONLY) {
      return "READ ONLY";
    }
    throw new IllegalArgumentException("A transaction has no such property here: " + property);
  }

  @Override
  public void commit(TransactionContext context) {
    if (context.transaction() instanceof Begun begun) {
      begun.scope().commit();
      begun.scope().close();
    }
  }

  /** Is called for one that could not begin, too. */
  @Override
  public void rollback(TransactionContext context) {
    if (context.transaction() instanceof Begun begun) {
      begun.scope().close();
    }
  }
}
