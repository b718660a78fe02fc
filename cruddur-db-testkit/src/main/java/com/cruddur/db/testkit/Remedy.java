package com.cruddur.db.testkit;

import java.util.LinkedHashMap;
import java.util.Map;

/** What to do about the failures that a server's own words name but do not explain. */
final class Remedy {

  static final String PORT_TAKEN = "Address already in use";

  private static final Map<String, String> BY_TEXT = new LinkedHashMap<>();

  static {
    BY_TEXT.put(
        PORT_TAKEN,
        "Another process has this port: stop it, or leave the port out for a free one.");
    BY_TEXT.put(
        "No space left on device",
        "The disk, or the memory behind /dev/shm, is full: make room, or choose another directory"
            + " with throwawayIn(…) or cacheDirectory(…).");
    BY_TEXT.put(
        "could not look up effective user ID",
        "This account has a number and no name, which initdb needs: add it to /etc/passwd, or allow"
            + " 'unshare -U'.");
    BY_TEXT.put(
        "Permission denied",
        "The account that the server runs as, nobody if we are root, cannot get there: choose a"
            + " directory that it can enter, outside of root's home.");
    BY_TEXT.put(
        "No locks available",
        "The file system has no file locks: choose a local one with cacheDirectory(…).");
    BY_TEXT.put(
        "could not create shared memory segment",
        "The system's limit of shared memory is reached: see 'ipcs -m' and kernel.shmmni.");
    BY_TEXT.put(
        "invalid locale name", "Install the locale, or use PostgreSQL 17 or newer, which has it.");
  }

  private Remedy() {}

  /** Returns the message with what to do about it, if that is known. */
  static String appendTo(String message) {
    for (Map.Entry<String, String> remedy : BY_TEXT.entrySet()) {
      if (message.contains(remedy.getKey()) && !message.contains(remedy.getValue())) {
        return message + System.lineSeparator() + remedy.getValue();
      }
    }
    return message;
  }
}
