package com.cruddur.db.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cruddur.db.ConnectionUrl;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What helps to find out why a test failed: its database, and what was done to it last. */
final class FailureReport {

  private final StringBuilder text = new StringBuilder();

  private FailureReport() {}

  /** Returns some lines without a secret. The file, if any, is one that psql logs in with. */
  static String of(
      ExtensionContext test,
      TestDatabase database,
      String fate,
      Optional<Path> passwordFile,
      Optional<Long> number) {
    FailureReport report = new FailureReport();
    String address = address(database.urlForPeople());
    report.line("%s failed. Its database %s:".formatted(name(test), fate));
    report.line("  " + address);
    report.line(
        "  psql '%s%s'".formatted(address, passwordFile.map(FailureReport::parameter).orElse("")));
    number.ifPresent(
        used ->
            report.line(
                "Its ActivityGenerator can be had again by -Dcruddur.testkit.number=" + used));
    report.statements(database.watch().statements().lines());
    return report.text.toString();
  }

  private static String parameter(Path passwordFile) {
    return "?passfile=" + URLEncoder.encode(passwordFile.toString(), UTF_8).replace("+", "%20");
  }

  private void statements(List<String> statements) {
    line(statements.isEmpty() ? "No statement was run." : "Its last statements:");
    statements.forEach(statement -> line("  " + statement));
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private static String name(ExtensionContext test) {
    String type = test.getRequiredTestClass().getSimpleName();
    return test.getTestMethod().isEmpty()
        ? type
        : type + "." + test.getRequiredTestMethod().getName() + " " + test.getDisplayName();
  }

  /** Returns the address without the password. */
  static String address(ConnectionUrl url) {
    return "postgresql://%s@%s/%s"
        .formatted(
            url.user().orElseThrow(),
            url.hosts().stream().map(Object::toString).collect(Collectors.joining(",")),
            url.database());
  }
}
