package com.cruddur.db.testkit;

import com.cruddur.db.migrations.Migrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * What a template database is made of: all migrations, the roles, and seeds, one on top of the
 * other.
 *
 * @param seeds in the order in which they are loaded
 */
record Recipe(List<TemplateSeed> seeds) {

  /** To be raised whenever a template is made otherwise. */
  private static final String FORMAT = "4";

  private static final String FOLDER = "com/cruddur/db/migrations/";

  private static final Recipe STANDARD = new Recipe(List.of(new BaseTemplateSeed()));

  Recipe {
    seeds = List.copyOf(seeds);
  }

  /** Returns what most tests want: {@link BaseSeed}. */
  static Recipe standard() {
    return STANDARD;
  }

  /** Returns a text that changes with the migrations, the rights that they give, and the seeds. */
  String key() {
    List<String> parts = new ArrayList<>(List.of(FORMAT, Schema.KEY));
    seeds.forEach(seed -> parts.add(seed.key()));
    return Fingerprint.of(parts);
  }

  /** Returns the recipe without its last seed. */
  Optional<Recipe> below() {
    return seeds.isEmpty()
        ? Optional.empty()
        : Optional.of(new Recipe(seeds.subList(0, seeds.size() - 1)));
  }

  /** Returns how long a template may be kept between runs. */
  Duration freshFor() {
    return seeds.stream()
        .map(TemplateSeed::freshFor)
        .min(Comparator.naturalOrder())
        .orElse(Cache.FOR_EVER);
  }

  /** Once in a JVM: what is on its class path stays. */
  private static final class Schema {

    static final String KEY = read();

    private static String read() {
      try {
        return Fingerprint.ofFolder(Migrations.class.getClassLoader(), FOLDER);
      } catch (IOException e) {
        throw new UncheckedIOException("The migrations could not be read", e);
      }
    }
  }

  private static final class BaseTemplateSeed implements TemplateSeed {

    @Override
    public String key() {
      try {
        return Fingerprint.ofClass(BaseSeed.class);
      } catch (IOException e) {
        throw new UncheckedIOException("The seed could not be read", e);
      }
    }

    @Override
    public void load(DataSource owner) throws SQLException {
      BaseSeed.load(owner);
    }

    /** Its activity expires in ten days. */
    @Override
    public Duration freshFor() {
      return Duration.ofDays(1);
    }
  }
}
