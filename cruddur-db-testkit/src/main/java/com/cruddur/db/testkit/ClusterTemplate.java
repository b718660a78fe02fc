package com.cruddur.db.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A new cluster in the cache, of which each server gets a copy: initdb takes half a second, a copy
 * a twentieth. Its superuser's password is random, known to this account alone, and shared by the
 * account's servers.
 */
final class ClusterTemplate implements Cluster {

  static final String DATA = "data";
  static final String PASSWORD = "password";

  private final PostgresBinaries binaries;
  private final ServerUser user;

  ClusterTemplate(PostgresBinaries binaries, ServerUser user) {
    this.binaries = binaries;
    this.user = user;
  }

  @Override
  public void copyTo(ServerDirectory directory, Cache cache)
      throws IOException, InterruptedException {
    cache.use(
        CacheKind.CLUSTER,
        name(),
        Cache.FOR_EVER,
        this::initialise,
        cluster -> directory.fill(cluster, user));
  }

  /** Returns what tells this cluster from all others. */
  String name() {
    String options = Integer.toHexString(String.join(" ", options()).hashCode());
    return "%s-%d-%s".formatted(binaries.name(), user.fileUid(), options);
  }

  private void initialise(Path directory) throws IOException, InterruptedException {
    Path data = Files.createDirectory(directory.resolve(DATA));
    user.give(data);
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    writeSecret(directory.resolve(PASSWORD), password);
    Path forServer = writeSecret(directory.resolve(PASSWORD + ".initdb"), password);
    user.give(forServer);
    initdb(user, data, forServer);
    Files.delete(forServer);
  }

  private void initdb(ServerUser account, Path data, Path passwordFile)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(options());
    arguments.addAll(List.of("--pgdata=" + data, "--pwfile=" + passwordFile));
    arguments.addFirst(binaries.program("initdb"));
    Command.Result result = Command.run(account.command(arguments.toArray(String[]::new)));
    if (result.succeeded()) {
      return;
    }
    boolean nameless = result.output().contains("could not look up effective user ID");
    if (nameless && !account.equals(account.named()) && Command.succeeds("unshare", "-U", "true")) {
      initdb(account.named(), data, passwordFile);
      return;
    }
    throw new IOException(Remedy.appendTo("initdb failed: " + result.output()));
  }

  private List<String> options() {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--username=postgres",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                // Each copy carries at least one segment, of 16 MB by default.
                "--wal-segsize=1",
                "--no-sync",
                "--no-instructions"));
    options.addAll(characterTypes());
    return options;
  }

  /**
   * Returns the options for a locale that sorts by code point, the same everywhere, and still knows
   * that É is the upper case of é, which plain C does not.
   */
  private List<String> characterTypes() {
    if (binaries.majorVersion() >= 17) {
      return List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8");
    }
    boolean mac = System.getProperty("os.name").startsWith("Mac");
    return List.of("--lc-ctype=" + (mac ? "en_US.UTF-8" : "C.UTF-8"));
  }

  static Path writeSecret(Path file, String secret) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, secret, StandardCharsets.US_ASCII);
  }
}
