package com.cruddur.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.db.aws.FakeSecretsManager;
import com.cruddur.db.json.SqlTemplate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The role's password changes, and its sessions are ended, while a program is at work. */
class RotationTest {

  private static final int THREADS = 8;
  private static final int POOL = 4;
  private static final int ROTATIONS = 3;
  private static final int ATTEMPTS = 3;

  private static final SqlTemplate INSERT =
      SqlTemplate.of("INSERT INTO acknowledged (id) VALUES (:id)");
  private static final SqlTemplate COUNT =
      SqlTemplate.of("SELECT count(*) FROM acknowledged WHERE id = :id");

  private final Queue<UUID> acknowledged = new ConcurrentLinkedQueue<>();
  private final Queue<CruddurDbException> errors = new ConcurrentLinkedQueue<>();
  private final Queue<CruddurDbException> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;

  private SecureServer server;

  /** Where the program has its password from. */
  private interface Source {
    void store(String password) throws Exception;
  }

  @BeforeEach
  void start() throws Exception {
    server = new SecureServer();
    server.execute(
        "CREATE ROLE app LOGIN",
        "CREATE TABLE acknowledged (id uuid PRIMARY KEY)",
        "GRANT SELECT, INSERT ON acknowledged TO app");
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void losesNoRequestWhenAMountedFileChanges(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("password");
    rotateUnderLoad(
        CredentialsProvider.passwordFile(file),
        password ->
            Files.move(
                Files.writeString(folder.resolve("next"), password + "\n"),
                file,
                StandardCopyOption.ATOMIC_MOVE));
  }

  @Test
  void losesNoRequestWhenSecretsManagerRotates() throws Exception {
    try (FakeSecretsManager service = new FakeSecretsManager()) {
      rotateUnderLoad(service.credentials(), password -> service.store("app", password));
      // One more for each rotation, if a login comes between the new password and the new secret.
      assertThat(service.requests()).isBetween(1 + ROTATIONS, 1 + 2 * ROTATIONS);
    }
  }

  private void rotateUnderLoad(CredentialsProvider provider, Source source) throws Exception {
    rotate("first", source);
    PoolSettings settings = PoolSettings.builder().maximumSize(POOL).credentials(provider).build();
    try (CruddurDb db = CruddurDb.builder().url(url()).pool(settings).build()) {
      try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
        for (int i = 0; i < THREADS; i++) {
          threads.submit(() -> work(db));
        }
        for (int i = 0; i < ROTATIONS; i++) {
          waitForInserts(100);
          rotate("Kan4rie-" + i, source);
        }
        waitForInserts(100);
        stopped = true;
      }
      assertThat(failures).isEmpty();
      assertThat(errors).hasSizeLessThanOrEqualTo(ROTATIONS * POOL).isNotEmpty();
      assertThat(db.dsl().fetchValue("SELECT count(*) FROM acknowledged"))
          .isEqualTo((long) acknowledged.size());
    }
    System.out.printf(
        "%s: %d inserts, %d errors in %d rotations%n",
        provider, acknowledged.size(), errors.size(), ROTATIONS);
  }

  /** The order of Secrets Manager: first the role, then the secret. Then all sessions end. */
  private void rotate(String password, Source source) throws Exception {
    server.execute("ALTER ROLE app PASSWORD '" + password + "'");
    source.store(password);
    server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app'");
  }

  private void waitForInserts(int more) throws InterruptedException {
    int enough = acknowledged.size() + more;
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (acknowledged.size() < enough && failures.isEmpty() && System.nanoTime() < end) {
      Thread.sleep(5);
    }
  }

  private void work(CruddurDb db) {
    while (!stopped) {
      insert(db, UUID.randomUUID());
    }
  }

  /** What a caller does: try again, unless the row is there already. */
  private void insert(CruddurDb db, UUID id) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        if (attempt == 1 || count(db, id) == 0) {
          db.transaction(tx -> tx.json().execute(INSERT.bind("id", id)));
        }
        acknowledged.add(id);
        return;
      } catch (CruddurDbException error) {
        (attempt == ATTEMPTS ? failures : errors).add(error);
      }
    }
  }

  private static long count(CruddurDb db, UUID id) {
    return db.json().value(COUNT.bind("id", id), Long.class).orElseThrow();
  }

  private ConnectionUrl url() {
    return ConnectionUrl.parse("postgresql://app@localhost:" + server.port() + "/postgres");
  }
}
