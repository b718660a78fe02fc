package com.cruddur.db.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** Says which version this is, and which Java runs it. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Main.class.getPackage().getImplementationVersion();
    return new String[] {
      "cruddur-db " + Objects.requireNonNullElse(version, "(not packaged)"),
      "Java " + Runtime.version()
    };
  }
}
