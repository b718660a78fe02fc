package com.cruddur.db.testkit;

import com.cruddur.db.CruddurDb;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

/**
 * A seed set as a part of a template.
 *
 * @param set what loads the rows
 */
record SetOfTemplate(SeedSet set) implements TemplateSeed {

  @Override
  public String key() {
    return SeedFingerprint.of(set);
  }

  @Override
  public void load(DataSource owner) {
    try (HikariDataSource pool = pool(owner)) {
      set.load(SeedData.of(CruddurDb.using(pool)));
    } catch (Exception failure) {
      throw new TestDatabaseException(
          "The seed " + set.getClass().getName() + " could not be loaded", failure);
    }
  }

  private static HikariDataSource pool(DataSource owner) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(owner);
    config.setPoolName("cruddur-seed");
    config.setMinimumIdle(0);
    return new HikariDataSource(config);
  }
}
