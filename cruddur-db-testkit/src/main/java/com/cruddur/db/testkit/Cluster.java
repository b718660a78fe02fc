package com.cruddur.db.testkit;

import java.io.IOException;

/** Where the data of a new server come from. */
interface Cluster {

  /** Puts a copy of the cluster, and its password, into the directory of a server. */
  void copyTo(ServerDirectory directory, Cache cache) throws IOException, InterruptedException;

  /** Chooses the cluster once it is known which programs there are, and who runs them. */
  @FunctionalInterface
  interface Source {
    Cluster of(Installation installation);
  }
}
