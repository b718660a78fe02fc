package com.cruddur.db.testkit;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The seed sets that a database begins with, in the order in which they are loaded.
 *
 * @param sets none of them twice; empty for a database that is only migrated
 */
record SeedChain(List<Class<? extends SeedSet>> sets) {

  static final SeedChain BASE = new SeedChain(List.of(BaseSeed.class));

  SeedChain {
    sets = List.copyOf(sets);
    Set<Class<?>> seen = new HashSet<>();
    for (Class<?> set : sets) {
      if (!seen.add(set)) {
        throw new IllegalArgumentException(
            "The seed " + set.getName() + " is named twice. Name each once.");
      }
    }
  }

  /** Returns how to make the template. All sets are made here, so that none fails in the midst. */
  Recipe recipe() {
    return equals(BASE) ? Recipe.standard() : new Recipe(sets.stream().map(this::seed).toList());
  }

  private TemplateSeed seed(Class<? extends SeedSet> type) {
    return type.equals(BaseSeed.class)
        ? Recipe.standard().seeds().getFirst()
        : new SetOfTemplate(instance(type));
  }

  private static SeedSet instance(Class<? extends SeedSet> type) {
    try {
      Constructor<? extends SeedSet> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (InvocationTargetException failure) {
      throw new TestDatabaseException(
          "The constructor of the seed " + type.getName() + " failed", failure.getCause());
    } catch (ReflectiveOperationException | RuntimeException failure) {
      throw new IllegalArgumentException(
          "The seed "
              + type.getName()
              + " cannot be made. It has to be a class, top-level or static, with a constructor"
              + " without parameters.",
          failure);
    }
  }
}
