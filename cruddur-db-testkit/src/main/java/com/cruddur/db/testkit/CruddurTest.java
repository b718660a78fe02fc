package com.cruddur.db.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class migrated and seeded databases of their own.
 *
 * <p>Parameters say what a test needs, and may stand at test methods of all kinds, at {@code
 * BeforeEach} and {@code AfterEach} methods, and at the constructor. All those of one test are of
 * the same database, which is made when the first of them is asked for:
 *
 * <ul>
 *   <li>{@link com.cruddur.db.CruddurDb}: the database as a service has it
 *   <li>{@link org.jooq.DSLContext}: jOOQ on it
 *   <li>{@link SeedData}: the rows that are there, and builders for more
 *   <li>{@link TestDatabase}: its address, and data sources
 *   <li>{@link TestClock}, or {@link java.time.Clock}: the time that the database goes by; without
 *       one it is the server's
 *   <li>{@link ActivityGenerator}: fills it with many rows
 * </ul>
 *
 * <p>The database is dropped after the test. Tests and classes may run in parallel. Nested classes
 * are as their outer class, unless they have an annotation of their own. Dynamic tests share the
 * database of their factory method.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(CruddurExtension.class)
public @interface CruddurTest {

  /**
   * Returns which tests share a database. The default is none: each has its own.
   *
   * @return how long a database lives
   */
  Scope scope() default Scope.METHOD;

  /**
   * Returns the rows that each database begins with, loaded in this order, each set upon those
   * before it. They are loaded once into a template, and every database is a copy of it. The
   * default is {@link BaseSeed}; none at all is a database that is only migrated.
   *
   * @return the sets
   */
  Class<? extends SeedSet>[] seed() default BaseSeed.class;

  /**
   * How long a database lives.
   *
   * @since 0.1.0
   */
  enum Scope {
    /** A database for each test: each method, each repetition, each set of arguments. */
    METHOD,
    /**
     * One database for all tests of the class and of its nested classes, which see each other's
     * rows. {@code BeforeAll} and {@code AfterAll} methods may take parameters too.
     */
    CLASS
  }
}
