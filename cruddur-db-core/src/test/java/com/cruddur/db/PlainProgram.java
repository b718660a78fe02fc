package com.cruddur.db;

import com.cruddur.db.activities.FeedRequest;
import com.cruddur.db.aws.RdsIamCredentials;
import com.cruddur.db.aws.SecretsManagerCredentials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a program meets that has none of the optional dependencies. */
final class PlainProgram {

  private PlainProgram() {}

  public static void main(String[] arguments) throws Exception {
    for (String absent :
        List.of(
            "software.amazon.awssdk.identity.spi.Identity",
            "io.opentelemetry.api.OpenTelemetry",
            "io.micrometer.core.instrument.MeterRegistry")) {
      require(isAbsent(absent), absent);
    }
    try (CruddurDb db = CruddurDb.open(ConnectionUrl.parse(arguments[0]))) {
      System.out.println(db.activities().home(FeedRequest.first(1)).jsonText());
      System.out.println(db.reader().users().findByHandle("nobody") + " " + db.health().up());
    }
    reflect(Path.of(arguments[1]));
    showFailure(RdsIamCredentials::create);
    showFailure(() -> SecretsManagerCredentials.of("cruddur"));
  }

  private static boolean isAbsent(String type) {
    try {
      Class.forName(type);
      return false;
    } catch (ClassNotFoundException absent) {
      return true;
    }
  }

  /** As frameworks do: looks at every method of every class that users of the core meet. */
  private static void reflect(Path classes) throws Exception {
    int seen = 0;
    try (Stream<Path> files = Files.walk(classes.resolve("com/cruddur/db"))) {
      for (Path file : files.filter(PlainProgram::isOfTheCore).toList()) {
        String name = classes.relativize(file).toString().replace('/', '.');
        Class<?> type = Class.forName(name.substring(0, name.length() - ".class".length()));
        seen += type.getDeclaredMethods().length + type.getDeclaredFields().length;
        seen += type.getDeclaredConstructors().length;
      }
    }
    System.out.println(seen > 500 ? "reflected" : "reflected too little: " + seen);
  }

  private static boolean isOfTheCore(Path file) {
    String name = file.toString();
    return name.endsWith(".class")
        && !name.contains("/aws/")
        && !name.contains("/otel/")
        && !name.endsWith("package-info.class");
  }

  private static void showFailure(Runnable action) {
    try {
      action.run();
    } catch (IllegalStateException failure) {
      System.out.println(failure.getMessage());
    }
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalStateException(what + " is on the class path");
    }
  }
}
