package com.cruddur.db.migrations;

import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

// @start region="configuration"
@Configuration
class SchemaConfiguration {
  @Bean
  static MigrationReport schema(DataSource dataSource) {
    return Migrations.of(dataSource).environment("prod").migrate();
  }
}
// @end
