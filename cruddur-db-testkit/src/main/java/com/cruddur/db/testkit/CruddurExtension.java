package com.cruddur.db.testkit;

import com.cruddur.db.CruddurDb;
import java.util.Map;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives the parameters of a test their values, from one database for each test method. */
final class CruddurExtension implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(CruddurExtension.class);

  private static final Map<Class<?>, Function<OpenDatabase, Object>> PARAMETERS =
      Map.of(
          CruddurDb.class,
          OpenDatabase::db,
          TestDatabase.class,
          OpenDatabase::database,
          SeedData.class,
          open -> SeedData.of(open.db()),
          DSLContext.class,
          open -> open.db().dsl());

  /** The database of a test and its pool. JUnit closes it when the test has ended. */
  private record OpenDatabase(TestDatabase database, CruddurDb db) implements AutoCloseable {

    static OpenDatabase create(ExtensionContext context) {
      TestkitSettings.readFrom(context.getRoot()::getConfigurationParameter);
      String test =
          context.getRequiredTestClass().getName()
              + "."
              + context.getRequiredTestMethod().getName();
      TestDatabase database = TestDatabase.create(Recipe.standard(), test);
      try {
        return new OpenDatabase(database, database.open());
      } catch (RuntimeException failure) {
        database.close();
        throw failure;
      }
    }

    @Override
    public void close() {
      try {
        db.close();
      } finally {
        database.close();
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return context.getTestMethod().isPresent()
        && PARAMETERS.containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    OpenDatabase open =
        context
            .getStore(NAMESPACE)
            .computeIfAbsent(
                OpenDatabase.class, type -> OpenDatabase.create(context), OpenDatabase.class);
    Function<OpenDatabase, Object> value = PARAMETERS.get(parameter.getParameter().getType());
    if (value == null) {
      throw new IllegalStateException("supportsParameter() was not asked");
    }
    return value.apply(open);
  }
}
