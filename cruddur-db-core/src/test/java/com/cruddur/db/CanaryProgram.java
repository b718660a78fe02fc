package com.cruddur.db;

import com.cruddur.db.activities.FeedRequest;
import com.cruddur.db.aws.RdsIamCredentials;
import com.cruddur.db.aws.SecretsManagerCredentials;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Connects to each URL of its arguments and prints whatever can be seen of it. */
final class CanaryProgram {

  private CanaryProgram() {}

  public static void main(String[] urls) throws Exception {
    for (String text : urls) {
      ConnectionUrl url = ConnectionUrl.parse(text);
      try (CruddurDb db = CruddurDb.builder().url(url).pool(settings().build()).build()) {
        System.out.println("connected " + db.dsl().fetchValue("SELECT 1"));
        db.activities().home(FeedRequest.first(1));
      } catch (CruddurDbException failure) {
        failure.printStackTrace(System.out);
      }
      showPool(url);
    }
  }

  /** With a provider, if the environment names one. */
  private static PoolSettings.Builder settings() {
    PoolSettings.Builder settings = PoolSettings.builder();
    String file = System.getenv("CANARY_FILE");
    String endpoint = System.getenv("CANARY_ENDPOINT");
    if (file != null) {
      settings.credentials(CredentialsProvider.passwordFile(Path.of(file)));
    }
    if (endpoint != null) {
      settings.credentials(
          SecretsManagerCredentials.builder(System.getenv("CANARY_SECRET"))
              .endpoint(URI.create(endpoint))
              .region("eu-central-1")
              .build());
    }
    if (System.getenv("CANARY_IAM") != null) {
      settings.credentials(RdsIamCredentials.builder().region("eu-central-1").build());
    }
    System.out.println(settings.build().credentials());
    return settings;
  }

  private static void showPool(ConnectionUrl url) throws Exception {
    PoolSettings settings = settings().acquireTimeout(Duration.ofSeconds(2)).build();
    try (HikariDataSource pool = PoolFactory.create(url, settings)) {
      System.out.println(pool + " " + pool.getDataSource() + " " + pool.getDataSourceProperties());
      System.out.println(url + " " + url.jdbcUrl() + " " + url.parameters());
      showAttributes(pool);
      pool.getConnection().close();
    } catch (java.sql.SQLException failure) {
      failure.printStackTrace(System.out);
    }
  }

  private static void showAttributes(HikariDataSource pool) throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("cruddur:type=pool");
    for (Object bean : new Object[] {pool.getHikariConfigMXBean(), pool.getHikariPoolMXBean()}) {
      beans.registerMBean(bean, name);
      for (MBeanAttributeInfo attribute : beans.getMBeanInfo(name).getAttributes()) {
        System.out.println(attribute + show(beans, name, attribute));
      }
      beans.unregisterMBean(name);
    }
  }

  private static String show(MBeanServer beans, ObjectName name, MBeanAttributeInfo attribute)
      throws Exception {
    return attribute.isReadable()
        ? " = " + beans.getAttribute(name, attribute.getName())
        : " cannot be read";
  }
}
