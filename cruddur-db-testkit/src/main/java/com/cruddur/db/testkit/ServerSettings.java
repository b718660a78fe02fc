package com.cruddur.db.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings of a server, for tests: little memory, and no waiting for a disk. */
final class ServerSettings {

  private ServerSettings() {}

  static void write(
      ServerDirectory directory, PostgresBinaries binaries, int port, Map<String, String> chosen)
      throws IOException {
    Map<String, String> settings = common(binaries);
    if (!directory.isKept()) {
      settings.putAll(throwaway());
    }
    if (directory.pipe().isPresent()) {
      // For several JVMs, each with tests in parallel and a pool for each test.
      settings.put("max_connections", "400");
    }
    settings.putAll(chosen);
    settings.put("port", Integer.toString(port));
    StringBuilder text =
        new StringBuilder("include '" + ClusterTemplate.DATA + "/postgresql.conf'\n");
    settings.forEach(
        (name, value) -> text.append(name).append(" = ").append(quote(value)).append('\n'));
    Files.writeString(directory.settings(), text);
    // It holds no secret, and the server may be another account.
    FileTrees.permit(directory.settings(), "rw-r--r--");
  }

  private static Map<String, String> common(PostgresBinaries binaries) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("listen_addresses", "127.0.0.1");
    settings.put("unix_socket_directories", "");
    settings.put("max_connections", "100");
    settings.put("shared_buffers", "32MB");
    settings.put("huge_pages", "off");
    // Files in the data directory go with it. The default leaves segments behind in /dev/shm after
    // a SIGKILL, and finds too little room there in a container.
    settings.put("dynamic_shared_memory_type", "mmap");
    settings.put("wal_level", "minimal");
    settings.put("max_wal_senders", "0");
    settings.put("max_logical_replication_workers", "0");
    settings.put("TimeZone", "UTC");
    settings.put("log_timezone", "UTC");
    // Above error: tests provoke errors on purpose, and the log lies in memory.
    settings.put("log_min_messages", "log");
    if (binaries.majorVersion() >= 18) {
      // No extra processes for reading.
      settings.put("io_method", "sync");
    }
    return settings;
  }

  private static Map<String, String> throwaway() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("fsync", "off");
    settings.put("synchronous_commit", "off");
    settings.put("full_page_writes", "off");
    settings.put("wal_init_zero", "off");
    settings.put("max_wal_size", "256MB");
    settings.put("log_checkpoints", "off");
    // A worker in a template database makes the next clone wait.
    settings.put("autovacuum", "off");
    return settings;
  }

  private static String quote(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
