package com.cruddur.db.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test method of the class a migrated and seeded database of its own.
 *
 * <p>A test method takes as parameters what it needs of it: {@link com.cruddur.db.CruddurDb},
 * {@link SeedData}, {@link TestDatabase}, {@link org.jooq.DSLContext}. All are of the same
 * database, which is dropped after the test. Tests may run in parallel.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(CruddurExtension.class)
public @interface CruddurTest {}
