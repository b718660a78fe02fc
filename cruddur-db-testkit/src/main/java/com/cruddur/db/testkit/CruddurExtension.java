package com.cruddur.db.testkit;

import com.cruddur.db.CruddurDb;
import java.util.Map;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives the parameters of a test their values, all from one database. */
final class CruddurExtension implements ParameterResolver {

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
}
