package com.example.springfeed;

import com.cruddur.db.ConnectionUrl;

/** A {@link ConnectionUrl} prints no password. */
final class Uri {

  private Uri() {}

  static String of(ConnectionUrl url) {
    return "postgresql://%s:%s@%s/%s"
        .formatted(
            url.user().orElseThrow(),
            url.password().orElseThrow(),
            url.hosts().getFirst(),
            url.database());
  }
}
