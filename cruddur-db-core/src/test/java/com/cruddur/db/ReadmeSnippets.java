package com.cruddur.db;

import com.cruddur.db.activities.FeedPage;
import com.cruddur.db.activities.FeedRequest;
import com.cruddur.db.activities.NewActivity;
import com.cruddur.db.activities.Ttl;
import java.util.UUID;

/** The examples of README and Javadoc, compiled. */
final class ReadmeSnippets {

  private ReadmeSnippets() {}

  static UUID service(String cognitoUserId) {
    // @start region="service"
    try (CruddurDb db = CruddurDb.open()) { // reads CONNECTION_URL
      FeedPage page = db.activities().home(FeedRequest.first(20));
      System.out.println(page.jsonText()); // the JSON as PostgreSQL wrote it
      return db.transaction(
          tx -> tx.activities().create(NewActivity.of(cognitoUserId, "hello", Ttl.ONE_DAY)).uuid());
    }
    // @end
  }
}
