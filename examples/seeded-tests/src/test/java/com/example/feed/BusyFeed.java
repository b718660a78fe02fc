package com.example.feed;

import com.cruddur.db.testkit.SeedData;
import com.cruddur.db.testkit.SeedSet;
import com.cruddur.db.testkit.SeedUser;

/** Sixty activities of three users, loaded once and then copied for each test that asks for them. */
public class BusyFeed implements SeedSet {
  @Override
  public void load(SeedData seed) {
    for (String handle : new String[] {"alice", "bob", "carol"}) {
      SeedUser user = seed.user(handle);
      for (int i = 1; i <= 20; i++) {
        user.activity("message " + i + " of " + handle);
      }
    }
  }
}
