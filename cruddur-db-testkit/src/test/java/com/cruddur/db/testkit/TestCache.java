package com.cruddur.db.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A cache of a test's own, with the programs of the common one: unpacking them takes seconds. */
final class TestCache {

  private TestCache() {}

  static Installation open(Path directory) throws Exception {
    Installation common = Installation.open(null);
    Path target = directory.resolve(common.binaries().home().getFileName());
    if (Files.notExists(target)) {
      // With their times, which are part of the stamp.
      List<String> copy =
          List.of("cp", "-a", common.binaries().home().toString(), target.toString());
      if (!Command.run(copy).succeeded()) {
        throw new AssertionError("The programs could not be copied to " + target);
      }
    }
    return Installation.open(directory);
  }
}
