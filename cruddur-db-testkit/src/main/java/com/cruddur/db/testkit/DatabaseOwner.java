package com.cruddur.db.testkit;

import com.cruddur.db.testkit.CruddurTest.Scope;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The test, or the class, that a database is made for and ends with.
 *
 * @param context of the test or the class
 * @param annotation that applies to it
 */
record DatabaseOwner(ExtensionContext context, CruddurTest annotation) {

  private static final Namespace NAMESPACE = Namespace.create(CruddurExtension.class);

  /** Returns who owns the database of a parameter. */
  static DatabaseOwner of(ParameterContext parameter, ExtensionContext context) {
    return of(context)
        .orElseThrow(
            () ->
                new ParameterResolutionException(
                    "There is no database for "
                        + parameter.getDeclaringExecutable().getName()
                        + ": each test of "
                        + context.getRequiredTestClass().getSimpleName()
                        + " has its own, and this is called once for all of them. Take the"
                        + " parameter in a test or @BeforeEach method, or let the tests share a"
                        + " database by @CruddurTest(scope = Scope.CLASS)."));
  }

  /** Returns the owner that applies in a context; none if each test is one, and this is no test. */
  static Optional<DatabaseOwner> of(ExtensionContext context) {
    ExtensionContext annotated = annotatedClass(context);
    CruddurTest annotation = annotationOf(annotated).orElseThrow();
    if (annotation.scope() == Scope.CLASS) {
      return Optional.of(new DatabaseOwner(annotated, annotation));
    }
    return context.getTestMethod().map(method -> new DatabaseOwner(context, annotation));
  }

  /** Finds the class in which the annotation is, or its outermost context if it has several. */
  private static ExtensionContext annotatedClass(ExtensionContext context) {
    ExtensionContext annotated = context;
    while (annotated.getTestMethod().isPresent() || annotationOf(annotated).isEmpty()) {
      annotated = parent(annotated);
    }
    // A parameterized class has a context for each set of arguments, within one for all of them.
    while (parent(annotated).getTestClass().equals(annotated.getTestClass())) {
      annotated = parent(annotated);
    }
    return annotated;
  }

  private static ExtensionContext parent(ExtensionContext context) {
    return context
        .getParent()
        .orElseThrow(() -> new IllegalStateException("No class has the annotation CruddurTest"));
  }

  private static Optional<CruddurTest> annotationOf(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getTestClass(), CruddurTest.class);
  }

  /** Returns the database, which is made at the first call and ends with its owner. */
  OpenDatabase database() {
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(
            key(),
            key -> OpenDatabase.create(new SeedChain(List.of(annotation.seed())), context, name()),
            OpenDatabase.class);
  }

  /** Returns the database if a parameter has asked for it. */
  Optional<OpenDatabase> existingDatabase() {
    return Optional.ofNullable(context.getStore(NAMESPACE).get(key(), OpenDatabase.class));
  }

  boolean isClass() {
    return annotation.scope() == Scope.CLASS;
  }

  /** Returns the class, and the method with the number of its repetition or its arguments. */
  private String name() {
    String type = context.getRequiredTestClass().getName();
    return context
        .getTestMethod()
        .map(method -> type + "." + method.getName() + " " + context.getDisplayName())
        .orElse(type);
  }

  /** Not the type alone: the context of a test finds what is in those of its classes. */
  private List<Object> key() {
    return List.of(OpenDatabase.class, context.getUniqueId());
  }
}
