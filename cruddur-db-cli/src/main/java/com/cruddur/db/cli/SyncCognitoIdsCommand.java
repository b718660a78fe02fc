package com.cruddur.db.cli;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "sync-cognito-ids",
    header = "Sets the Cognito ids of users, by their handles.",
    description =
        "Reads what `aws cognito-idp list-users` prints, all pages, in one file or several, and sets"
            + " cognito_user_id of the user whose handle is the preferred_username, in one"
            + " transaction. The exit code is 4 if users are left over.",
    footer = {
      "  aws cognito-idp list-users --user-pool-id \"$POOL\" > users.json",
      "  cruddur-db sync-cognito-ids users.json"
    })
final class SyncCognitoIdsCommand implements Callable<Integer> {

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "JSON of list-users.")
  private List<Path> files = List.of();

  @Mixin private DatabaseOption option;
  @Mixin private JsonOption json;

  @Override
  public Integer call() throws Exception {
    requireReadable();
    Target target = option.choose();
    try (Database database = target.open();
        Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      try {
        CognitoUsers users = new CognitoUsers();
        for (Path file : files) {
          users.read(connection, file);
        }
        CognitoSync sync = CognitoSync.run(connection, users.users());
        connection.commit();
        return report(users, sync);
      } catch (SQLException | RuntimeException failure) {
        connection.rollback();
        throw failure;
      }
    }
  }

  private void requireReadable() {
    for (Path file : files) {
      if (!java.nio.file.Files.isReadable(file)) {
        throw new IllegalArgumentException(file + " is no file that can be read.");
      }
    }
  }

  private int report(CognitoUsers users, CognitoSync sync) {
    json.print(sync.json(users.pages(), users.lacksLastPage()), () -> sync.lines(users.pages()));
    if (users.lacksLastPage()) {
      Console.say(
          "the last page is missing: every page names a PaginationToken. Fetch the rest with"
              + " --starting-token, or leave --no-paginate out.");
    }
    return sync.isComplete() && !users.lacksLastPage() ? ExitCode.DONE : ExitCode.FOUND;
  }
}
