package com.cruddur.db.testkit;

import java.security.GeneralSecurityException;
import java.sql.SQLException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.postgresql.ds.PGSimpleDataSource;

/** Loads the driver and what a login needs, while the server starts: a fifth of a second. */
final class WarmUp implements Runnable {

  private static final int CLOSED_PORT = 1;

  private WarmUp() {}

  static void start() {
    Thread.ofPlatform().daemon().name("cruddur-db-warm-up").start(new WarmUp());
  }

  @Override
  public void run() {
    try {
      // As the driver does for SCRAM.
      SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
          .generateSecret(new PBEKeySpec(new char[] {'x'}, new byte[] {1}, 1, Byte.SIZE));
      PGSimpleDataSource nobody = new PGSimpleDataSource();
      nobody.setServerNames(new String[] {"127.0.0.1"});
      nobody.setPortNumbers(new int[] {CLOSED_PORT});
      nobody.setConnectTimeout(1);
      nobody.getConnection("nobody", "").close();
    } catch (SQLException | GeneralSecurityException expected) {
      // Nobody listens there. The classes are loaded all the same.
    }
  }
}
