package com.example.feed;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.activities.FeedRequest;

public class HomeFeed {
  public static void main(String[] arguments) {
    try (CruddurDb db = CruddurDb.open()) {
      System.out.println(db.activities().home(FeedRequest.first(20)).jsonText());
    }
  }
}
