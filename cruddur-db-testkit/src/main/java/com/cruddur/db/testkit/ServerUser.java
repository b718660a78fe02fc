package com.cruddur.db.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The account that the server's programs run as: that of this JVM, unless it is root. PostgreSQL
 * refuses to run as uid 0, so root's server runs as {@code nobody}, or, where a container does not
 * let root change its uid, in a user namespace in which our uid looks like nobody's.
 *
 * @param ownUid the account of this JVM
 * @param fileUid the account that has to own the server's files
 * @param prefix what comes before a command to run it as this account
 */
record ServerUser(int ownUid, int fileUid, List<String> prefix) {

  /** The uid of nobody on every current Linux; it has a name, which initdb asks for. */
  private static final int NOBODY = 65_534;

  private static final List<String> USER_NAMESPACE = List.of("unshare", "-U");

  /** Returns the account for a JVM of an account. Root's takes a moment to find out. */
  static ServerUser of(int uid) throws InterruptedException {
    return uid == 0 ? instead(uid) : new ServerUser(uid, uid, List.of());
  }

  static ServerUser inUserNamespace(int uid) {
    return new ServerUser(uid, uid, USER_NAMESPACE);
  }

  /** Returns this account with a name, for a container that was given a uid without one. */
  ServerUser named() {
    return inUserNamespace(ownUid);
  }

  List<String> command(String... command) {
    List<String> whole = new ArrayList<>(prefix);
    whole.addAll(List.of(command));
    return whole;
  }

  /** Gives a file or directory that we made to the server. */
  void give(Path path) throws IOException {
    if (fileUid != ownUid) {
      Files.setAttribute(path, "unix:uid", fileUid, LinkOption.NOFOLLOW_LINKS);
    }
  }

  /** Copies a cluster's data, so that the copy is this account's. */
  void copy(Path data, Path target) throws IOException, InterruptedException {
    Files.createDirectory(target);
    FileTrees.permit(target, "rwx------");
    give(target);
    Command.Result result = Command.run(command("cp", "-R", data + "/.", target.toString()));
    if (!result.succeeded()) {
      throw new IOException("Could not copy the cluster: " + result.output());
    }
  }

  /** Returns the permissions of a directory of ours that holds one of the server's. */
  String passage() {
    return fileUid == ownUid ? "rwx------" : "rwx--x--x";
  }

  private static ServerUser instead(int root) throws InterruptedException {
    List<String> drop =
        List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
    if (leavesRoot(drop)) {
      return new ServerUser(root, NOBODY, drop);
    }
    if (leavesRoot(USER_NAMESPACE)) {
      return inUserNamespace(root);
    }
    throw new LocalPostgresException(
        "PostgreSQL refuses to run as root, and neither 'setpriv --reuid' nor 'unshare -U' works"
            + " here to run it as another account. Install util-linux, or run as another account.");
  }

  private static boolean leavesRoot(List<String> prefix) throws InterruptedException {
    List<String> check = new ArrayList<>(prefix);
    check.addAll(List.of("/bin/sh", "-c", "test \"$(id -u)\" != 0"));
    return Command.succeeds(check.toArray(String[]::new));
  }

  /** Returns the account of this JVM. */
  static int ownAccount() throws IOException {
    // The JDK has no portable call for it.
    Path self = Path.of("/proc/self");
    if (Files.exists(self)) {
      return FileTrees.uidOf(self.toRealPath());
    }
    // A new file belongs to us.
    Path file = Files.createTempFile("cruddur-db-", ".uid");
    try {
      return FileTrees.uidOf(file);
    } finally {
      Files.delete(file);
    }
  }
}
