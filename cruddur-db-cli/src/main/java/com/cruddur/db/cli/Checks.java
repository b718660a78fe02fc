package com.cruddur.db.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The walk from a host's name to a row, which ends where the way is blocked. */
final class Checks {

  private static final List<String> STEPS =
      List.of("name", "tcp", "tls", "login", "database", "version", "rights", "schema", "clock");

  private final Target target;
  private final List<Found> found = new ArrayList<>();

  Checks(Target target) {
    this.target = target;
  }

  /**
   * What came of a step.
   *
   * @param state ok, warning, failed or skipped
   * @param remedy what to do, empty where nothing is to be done
   */
  record Found(String step, String state, double milliseconds, String detail, String remedy) {

    Map<String, @Nullable Object> json() {
      return JsonOption.object(
          "step", step,
          "state", state,
          "milliseconds", Math.round(milliseconds * 10) / 10.0,
          "detail", detail,
          "remedy", remedy.isEmpty() ? null : remedy);
    }

    List<String> lines() {
      String line =
          String.format(Locale.ROOT, "%-8s %-8s %8.1f ms  %s", step, state, milliseconds, detail)
              .stripTrailing();
      return remedy.isEmpty() ? List.of(line) : List.of(line, "         -> " + remedy);
    }
  }

  /** Says what a step found, or why it failed. */
  @FunctionalInterface
  interface Step {
    String look() throws Exception;
  }

  List<Found> found() {
    return found;
  }

  boolean areWell() {
    return found.stream().allMatch(step -> step.state().equals("ok"));
  }

  void run() {
    try (NetworkChecks network = new NetworkChecks(target.url())) {
      boolean reached =
          step("name", network::resolve)
              && step("tcp", network::connect)
              && step("tls", network::tls);
      if (reached) {
        login();
      }
    }
    STEPS.stream()
        .filter(name -> found.stream().noneMatch(step -> step.step().equals(name)))
        .forEach(name -> found.add(new Found(name, "skipped", 0, "", "")));
  }

  private void login() {
    long start = System.nanoTime();
    try (Database database = target.open()) {
      add("login", "ok", start, "as " + target.url().user().orElse(""), "");
      add("database", "ok", System.nanoTime(), target.database(), "");
      DatabaseChecks checks = new DatabaseChecks(target, database);
      step("version", checks::version);
      step("rights", checks::rights);
      step("schema", checks::schema);
      step("clock", checks::clock);
    } catch (Exception failure) {
      failedLogin(start, failure);
    }
  }

  private void failedLogin(long start, Exception failure) {
    LoginProblem problem = LoginProblem.of(target, failure);
    if (problem.step().equals("database")) {
      add("login", "ok", start, "as " + target.url().user().orElse(""), "");
    }
    if (problem.step().equals("tls")) {
      found.removeIf(step -> step.step().equals("tls"));
    }
    add(problem.step(), "failed", start, problem.detail(), problem.remedy());
  }

  private boolean step(String name, Step step) {
    long start = System.nanoTime();
    try {
      add(name, "ok", start, step.look(), "");
      return true;
    } catch (CheckFailedException failure) {
      add(name, failure.state(), start, failure.detail(), failure.remedy());
      return failure.state().equals("warning");
    } catch (Exception failure) {
      add(name, "failed", start, ErrorText.of(failure), "");
      return false;
    }
  }

  private void add(String step, String state, long start, String detail, String remedy) {
    double milliseconds = (System.nanoTime() - start) / 1e6;
    found.add(new Found(step, state, milliseconds, Printable.of(detail), Printable.of(remedy)));
  }
}
