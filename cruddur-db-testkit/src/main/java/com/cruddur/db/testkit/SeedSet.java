package com.cruddur.db.testkit;

/**
 * Rows that the tests of a class begin with, named in {@link CruddurTest#seed()}.
 *
 * {@snippet class="com.cruddur.db.testkit.SeedSetTest" region="set"}
 *
 * <p>A set is loaded once into a template database, of which every test gets a copy. So it has a
 * constructor without parameters, keeps no state, and does the same each time. The template is made
 * anew when the class has changed, any class nested with it, or a class that it extends.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SeedSet {

  /**
   * Inserts the rows. What the sets before it in the list inserted is there.
   *
   * @param seed of the template database, with the rights of its owner; time is the database's
   * @throws Exception if the rows cannot be inserted; no test that asks for the set gets a database
   *     then
   */
  void load(SeedData seed) throws Exception;

  /**
   * Returns what the rows depend on besides the code of this class, such as a checksum of a file. A
   * set with another version is another set. The default is the empty text.
   *
   * @return any text
   */
  default String version() {
    return "";
  }
}
