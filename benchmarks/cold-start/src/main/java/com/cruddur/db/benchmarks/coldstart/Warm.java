package com.cruddur.db.benchmarks.coldstart;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.PoolFactory;
import com.cruddur.db.users.NewUser;
import com.cruddur.db.users.UserDao;
import com.example.signup.PostConfirmation;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;

/** Warm calls, in turn in one process: by hand, by the DAO from its pool, and by the handler. */
final class Warm {

  private static final int CALLS = 6000;
  private static final int WARM_UP = 2000;

  private interface Call {
    void run() throws Exception;
  }

  /** Makes what the caller gives to a call, which is no part of its time. */
  private interface Preparation {
    Call of(String sub);
  }

  private record Way(String name, Preparation preparation, long[] times) {}

  private Warm() {}

  public static void main(String[] arguments) throws Exception {
    PostConfirmation handler = new PostConfirmation();
    try (Connection connection = ByHand.connect();
        HikariDataSource pool = PoolFactory.create(ConnectionUrl.fromEnvironment())) {
      UserDao users = UserDao.of(pool);
      List<Way> ways =
          List.of(
              way("by hand", sub -> () -> ByHand.insert(connection, sub)),
              way("by the DAO", sub -> () -> users.insert(user(sub))),
              way("by the handler", sub -> handling(handler, ByHandler.event(sub))));
      for (int call = 0; call < CALLS; call++) {
        for (int turn = 0; turn < ways.size(); turn++) {
          // Each follows each as often: what ran before leaves its traces in the caches.
          time(ways.get((call + turn) % ways.size()), call, arguments[0]);
        }
      }
      ways.forEach(way -> print(way, median(ways.getFirst())));
    }
  }

  private static void time(Way way, int call, String run) throws Exception {
    Call next = way.preparation().of(run + call + way.name().replace(' ', '-'));
    long start = System.nanoTime();
    next.run();
    way.times()[call] = System.nanoTime() - start;
  }

  private static Way way(String name, Preparation preparation) {
    return new Way(name, preparation, new long[CALLS]);
  }

  private static Call handling(PostConfirmation handler, byte[] event) {
    return () -> ByHandler.call(handler, event);
  }

  private static NewUser user(String sub) {
    return NewUser.of(sub, "Name", "handle-" + sub, "name@example.org");
  }

  private static void print(Way way, double byHand) {
    System.out.printf(
        "A warm call %s: %.0f us, %.2f%n", way.name(), median(way), median(way) / byHand);
  }

  private static double median(Way way) {
    long[] warm = Arrays.copyOfRange(way.times(), WARM_UP, CALLS);
    Arrays.sort(warm);
    return warm[warm.length / 2] / 1e3;
  }
}
