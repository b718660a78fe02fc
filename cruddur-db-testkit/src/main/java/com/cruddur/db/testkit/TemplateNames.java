package com.cruddur.db.testkit;

/** What the names of our databases on a server begin with. */
final class TemplateNames {

  /** A finished template. */
  static final String TEMPLATE = "cruddur_template_";

  /** A template that is being made, or was left half-made. */
  static final String UNFINISHED = "cruddur_unfinished_";

  /** A database of a test. */
  static final String TEST = "cruddur_test_";

  private TemplateNames() {}
}
