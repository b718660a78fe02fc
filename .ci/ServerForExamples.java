import com.cruddur.db.ConnectionUrl;
import com.cruddur.db.testkit.LocalPostgres;

/** Runs a server until standard input ends, and prints the CONNECTION_URL of a database on it. */
class ServerForExamples {

  public static void main(String[] arguments) throws Exception {
    try (LocalPostgres server = LocalPostgres.start()) {
      ConnectionUrl url = server.url();
      System.out.println(
          "postgresql://postgres:" + url.password().orElseThrow() + "@127.0.0.1:" + server.port() + "/postgres");
      System.in.read();
    }
  }
}
