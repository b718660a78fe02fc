package com.cruddur.db.testkit;

import com.cruddur.db.CruddurDb;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives the parameters of a test their values, all from one database. */
final class CruddurExtension implements ParameterResolver, BeforeEachCallback, AfterEachCallback {

  private static final Map<Class<?>, Function<OpenDatabase, Object>> PARAMETERS =
      Map.of(
          CruddurDb.class,
          OpenDatabase::db,
          TestDatabase.class,
          OpenDatabase::database,
          SeedData.class,
          open -> SeedData.of(open.db()),
          DSLContext.class,
          open -> open.db().dsl(),
          TestClock.class,
          OpenDatabase::clock,
          Clock.class,
          OpenDatabase::clock,
          ActivityGenerator.class,
          OpenDatabase::generator);

  private static final Namespace NAMESPACE = Namespace.create(CruddurExtension.class, "test");

  /** The parameters of a constructor are of the test that the instance is made for. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return PARAMETERS.containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Function<OpenDatabase, Object> value = PARAMETERS.get(parameter.getParameter().getType());
    if (value == null) {
      throw new IllegalStateException("supportsParameter() was not asked");
    }
    return value.apply(DatabaseOwner.of(parameter, context).database());
  }

  /** Notes what other tests have opened on a database that they share with this one. */
  @Override
  public void beforeEach(ExtensionContext context) {
    ofClass(context)
        .ifPresent(
            shared ->
                context
                    .getStore(NAMESPACE)
                    .put(context.getUniqueId(), shared.database().watch().lastNumber()));
  }

  /** A database that is not shared ends with its test, and looks then. */
  @Override
  public void afterEach(ExtensionContext context) {
    Long before = context.getStore(NAMESPACE).get(context.getUniqueId(), Long.class);
    ofClass(context).ifPresent(shared -> shared.afterTest(context, before == null ? 0 : before));
  }

  private static Optional<OpenDatabase> ofClass(ExtensionContext context) {
    return DatabaseOwner.of(context)
        .filter(DatabaseOwner::isClass)
        .flatMap(DatabaseOwner::existingDatabase);
  }
}
