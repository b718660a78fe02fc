package com.cruddur.db.migrations;

/**
 * A repair of data that stands in the way of the newest schema, listed in the order in which to
 * apply them.
 *
 * @since 0.1.0
 */
public enum Fix {
  /** Users of one Cognito id become the oldest of them, with the activities of all. */
  MERGE_USERS("mergeUsers"),
  /** A handle, display name or Cognito id that is missing gets a value. */
  FILL_VALUES("fillValues"),
  /** A handle that an older user has, in any case, gets a suffix. */
  RENAME_HANDLES("renameHandles"),
  /** Activities whose user is gone go to a placeholder user. */
  ADOPT_ORPHANS("adoptOrphans"),
  /** Reply ids that name no activity, or close a circle, are cleared. */
  CLEAR_REPLY_IDS("clearReplyIds"),
  /** Missing or negative counters become 0, and the replies of each activity are counted. */
  RECOUNT("recount");

  private final String method;

  Fix(String method) {
    this.method = method;
  }

  /**
   * Returns the call that applies it, such as {@code Migrations.fixes().mergeUsers()}.
   *
   * @return Java code
   */
  public String call() {
    return "Migrations.fixes()." + method + "()";
  }
}
