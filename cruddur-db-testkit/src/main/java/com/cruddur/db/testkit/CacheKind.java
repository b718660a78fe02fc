package com.cruddur.db.testkit;

/** What is kept in the cache, and how many of each. */
enum CacheKind {
  /** The server's programs, 80 MB each. */
  BINARIES("binaries", 4),
  /** New clusters, as initdb makes them. */
  CLUSTER("cluster", 4),
  /** Clusters with template databases inside: a new one after each change of a migration. */
  TEMPLATE("template", 6);

  private final String prefix;
  private final int kept;

  CacheKind(String prefix, int kept) {
    this.prefix = prefix;
    this.kept = kept;
  }

  /** Returns what the names of its entries begin with. */
  String prefix() {
    return prefix;
  }

  /** Returns how many entries are kept. */
  int kept() {
    return kept;
  }
}
