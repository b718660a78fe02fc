package com.example.feedservice;

import com.cruddur.db.activities.FeedCursor;
import com.cruddur.db.users.UserDao;
import com.cruddur.db.users.UserPage;
import java.util.Optional;

/** What the API says about users. */
final class Users {

  private final UserDao dao;

  Users(UserDao dao) {
    this.dao = dao;
  }

  Response page(Request request) {
    Optional<UserPage> page =
        request
            .parameter("cursor")
            .map(FeedCursor::parse)
            .map(cursor -> dao.page(request.handle(), cursor))
            .orElseGet(() -> dao.page(request.handle()));
    return page.map(found -> Response.json(found.json()).next(found.next()))
        .orElseThrow(Users::unknown);
  }

  Response shortProfile(Request request) {
    return dao.shortProfile(request.handle()).map(Response::json).orElseThrow(Users::unknown);
  }

  Response updateProfile(Request request) {
    return Response.json(
        dao.updateProfile(request.caller(), request.field("display_name"), request.field("bio")));
  }

  private static Refusal unknown() {
    return new Refusal(404, "user_not_found");
  }
}
