package com.cruddur.db.benchmarks.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Whom root runs a peer as that refuses to run as root: nobody, with a home for the run. */
final class OrdinaryUser {

  private static final List<String> NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  private final Path home;
  private final String classPath;

  private OrdinaryUser(Path home, String classPath) {
    this.home = home;
    this.classPath = classPath;
  }

  static boolean isNeeded(Peer peer) {
    return peer == Peer.PG_EMBEDDED && System.getProperty("user.name").equals("root");
  }

  /** Makes the home, with a copy of the class path: root's can be read by nobody else. */
  static OrdinaryUser create() throws IOException, InterruptedException {
    Path home = Files.createTempDirectory("cruddur-benchmark-home-");
    permit(home);
    List<String> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path copy = home.resolve(copies.size() + "-" + Path.of(entry).getFileName());
      new ProcessBuilder("cp", "-R", entry, copy.toString()).inheritIO().start().waitFor();
      copies.add(copy.toString());
    }
    return new OrdinaryUser(home, String.join(File.pathSeparator, copies));
  }

  Path home() {
    return home;
  }

  /** Returns the same command of a JVM for nobody, who keeps a Maven repository in the home. */
  List<String> command(List<String> command) {
    List<String> theirs = new ArrayList<>(NOBODY);
    theirs.add(command.getFirst());
    theirs.add("-Duser.home=" + home);
    for (String argument : command.subList(1, command.size())) {
      theirs.add(argument.equals(System.getProperty("java.class.path")) ? classPath : argument);
    }
    return theirs;
  }

  /** Lets everybody write there. */
  static void permit(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
  }
}
