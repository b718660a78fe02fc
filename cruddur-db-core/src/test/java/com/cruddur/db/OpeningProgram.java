package com.cruddur.db;

import static com.cruddur.db.schema.Tables.USERS;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Makes databases on several threads at once, in a JVM that has loaded nothing of jOOQ yet. */
final class OpeningProgram {

  static final int THREADS = 4;

  private OpeningProgram() {}

  public static void main(String[] arguments) throws Exception {
    try (HikariDataSource pool = PoolFactory.create(ConnectionUrl.parse(arguments[0]))) {
      CyclicBarrier all = new CyclicBarrier(THREADS);
      ExecutorService threads = Executors.newFixedThreadPool(THREADS, OpeningProgram::daemon);
      List<Future<Integer>> answers = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int number = thread;
        answers.add(threads.submit(() -> use(pool, all, number)));
      }
      for (Future<Integer> answer : answers) {
        System.out.println("users " + answer.get(30, TimeUnit.SECONDS));
      }
    }
  }

  /** A deadlock must not keep the JVM. */
  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    return thread;
  }

  private static int use(HikariDataSource pool, CyclicBarrier all, int number) throws Exception {
    all.await();
    CruddurDb db = CruddurDb.using(pool);
    // What an application may do of its own right after, each thread by another door of jOOQ.
    switch (number) {
      case 0 -> DSL.using(SQLDialect.POSTGRES).selectFrom(USERS).getSQL();
      case 1 -> SQLDataType.INTEGER.getTypeName();
      case 2 -> DSL.val(1).getDataType();
      default -> USERS.getPrimaryKey();
    }
    return db.dsl().fetchCount(USERS);
  }
}
