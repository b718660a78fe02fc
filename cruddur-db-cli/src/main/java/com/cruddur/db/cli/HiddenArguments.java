package com.cruddur.db.cli;

import java.util.Arrays;

/**
 * Arguments that the launcher put into the environment, because they are addresses and everybody on
 * the machine can read the command line of a process.
 */
final class HiddenArguments {

  static final String PREFIX = "CRUDDUR_DB_ARGUMENT_";
  private static final String MARK = "env:" + PREFIX;

  private HiddenArguments() {}

  static String[] expand(String... arguments) {
    return Arrays.stream(arguments).map(HiddenArguments::expand).toArray(String[]::new);
  }

  private static String expand(String argument) {
    return argument.startsWith(MARK)
        ? System.getenv().getOrDefault(argument.substring("env:".length()), argument)
        : argument;
  }
}
