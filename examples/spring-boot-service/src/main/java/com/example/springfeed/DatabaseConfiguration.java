package com.example.springfeed;

import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.CruddurDb;
import com.cruddur.db.Health;
import com.cruddur.db.PoolFactory;
import com.cruddur.db.migrations.Migrations;
import com.cruddur.db.migrations.Validation;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.util.Assert;

/** All that makes a Spring Boot application one of Cruddur's. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

  /**
   * The pool of CONNECTION_URL, a libpq URI, if it is set: Boot's own, which spring.datasource.url
   * describes in JDBC's grammar, stays away then.
   */
  @Bean
  @ConditionalOnProperty("CONNECTION_URL")
  static HikariDataSource dataSource(@Value("${CONNECTION_URL}") String uri) {
    return PoolFactory.create(ConnectionUrl.parse(uri));
  }

  /**
   * Before anything is asked of the database. With cruddur.migrate=false a deploy job migrates, and
   * the application connects as a member of cruddur_app.
   */
  @Bean
  static Validation schema(
      DataSource dataSource, @Value("${cruddur.migrate:true}") boolean migrate) {
    Migrations migrations = Migrations.of(dataSource);
    if (migrate) {
      migrations.migrate();
    }
    Validation validation = migrations.validate();
    Assert.state(validation.isValid(), () -> String.join("\n", validation.problems()));
    return validation;
  }

  /** Joins the transaction of a method that is {@code @Transactional}. */
  @Bean
  @DependsOn("schema")
  static CruddurDb cruddurDb(DataSource dataSource) {
    return CruddurDb.using(new TransactionAwareDataSourceProxy(dataSource));
  }

  /** What /actuator/health says of the component "cruddur", within 2 s. */
  @Bean
  static HealthIndicator cruddurHealthIndicator(CruddurDb db) {
    return () -> {
      Health health = db.health();
      return org.springframework.boot.health.contributor.Health.status(
              health.up() ? Status.UP : Status.DOWN)
          .withDetail("schema", String.valueOf(health.schemaVersion()))
          .withDetail("server", String.valueOf(health.serverVersion()))
          .withDetail("error", String.valueOf(health.error()))
          .build();
    };
  }
}
