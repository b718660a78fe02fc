package com.cruddur.db.testkit;

import java.lang.annotation.Annotation;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Tells whether tests go by a clock of their own: whether anything that JUnit calls for them takes
 * one. That has to be known when the first of them asks for the database.
 */
final class ClockUse {

  private static final List<Class<? extends Annotation>> LIFECYCLE =
      List.of(BeforeAll.class, BeforeEach.class, AfterEach.class, AfterAll.class);

  private static final ClassValue<Boolean> AROUND_TESTS =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return isTakenIn(type, ClockUse::isLifecycle);
        }
      };

  private ClockUse() {}

  /**
   * Returns whether the owner of a database goes by a clock: a test, or a class with its nested
   * ones.
   */
  static boolean by(ExtensionContext owner) {
    return owner
        .getTestMethod()
        .map(test -> takesClock(test) || isTakenAroundTestsOf(owner))
        .orElseGet(() -> isTakenAnywhereIn(owner.getRequiredTestClass()));
  }

  private static boolean isTakenAroundTestsOf(ExtensionContext test) {
    Stream<Class<?>> classes =
        Stream.concat(
            test.getEnclosingTestClasses().stream(), Stream.of(test.getRequiredTestClass()));
    return classes.anyMatch(AROUND_TESTS::get);
  }

  private static boolean isTakenAnywhereIn(Class<?> type) {
    return isTakenIn(type, method -> isLifecycle(method) || isTest(method))
        || Arrays.stream(type.getDeclaredClasses()).anyMatch(ClockUse::isTakenAnywhereIn);
  }

  private static boolean isTakenIn(Class<?> type, Predicate<Method> isCalled) {
    return Arrays.stream(type.getDeclaredConstructors()).anyMatch(ClockUse::takesClock)
        || !ReflectionSupport.findMethods(
                type,
                method -> takesClock(method) && isCalled.test(method),
                HierarchyTraversalMode.TOP_DOWN)
            .isEmpty();
  }

  private static boolean isLifecycle(Method method) {
    return LIFECYCLE.stream().anyMatch(kind -> AnnotationSupport.isAnnotated(method, kind));
  }

  private static boolean isTest(Method method) {
    return AnnotationSupport.isAnnotated(method, Testable.class);
  }

  private static boolean takesClock(Executable executable) {
    return Arrays.stream(executable.getParameterTypes())
        .anyMatch(type -> type.equals(TestClock.class) || type.equals(Clock.class));
  }
}
