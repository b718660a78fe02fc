package com.example.feedservice;

import com.cruddur.db.activities.ActivityDao;
import com.cruddur.db.activities.FeedCursor;
import com.cruddur.db.activities.FeedPage;
import com.cruddur.db.activities.FeedRequest;
import com.cruddur.db.activities.NewActivity;
import com.cruddur.db.activities.NewReply;
import com.cruddur.db.activities.SearchCursor;
import com.cruddur.db.activities.SearchPage;
import com.cruddur.db.activities.SearchRequest;
import com.cruddur.db.activities.Ttl;

/** What the API says about activities. */
final class Activities {

  private final ActivityDao dao;

  Activities(ActivityDao dao) {
    this.dao = dao;
  }

  Response home(Request request) {
    FeedRequest first = FeedRequest.first(request.limit());
    FeedPage page =
        dao.home(
            request.parameter("cursor").map(FeedCursor::parse).map(first::after).orElse(first));
    return Response.json(page.json()).next(page.next());
  }

  Response search(Request request) {
    SearchRequest first =
        SearchRequest.first(request.parameter("term").orElse(null), request.limit());
    SearchPage page =
        dao.search(
            request.parameter("cursor").map(SearchCursor::parse).map(first::after).orElse(first));
    return Response.json(page.json()).next(page.next());
  }

  Response create(Request request) {
    Ttl ttl = request.field("ttl") == null ? null : Ttl.parse(request.field("ttl"));
    NewActivity activity = NewActivity.of(request.caller(), request.field("message"), ttl);
    return Response.json(dao.create(activity).json());
  }

  Response reply(Request request) {
    NewReply reply = NewReply.of(request.caller(), request.uuid(), request.field("message"));
    return Response.json(dao.reply(reply).json());
  }

  /** The handle in the path is there for people; the uuid says it all. */
  Response show(Request request) {
    return dao.show(request.uuid())
        .map(Response::json)
        .orElseThrow(() -> new Refusal(404, "activity_not_found"));
  }
}
