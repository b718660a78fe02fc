package com.example.springfeed;

import com.cruddur.db.CruddurDb;
import com.cruddur.db.activities.FeedCursor;
import com.cruddur.db.activities.FeedPage;
import com.cruddur.db.activities.FeedRequest;
import com.cruddur.db.activities.NewActivity;
import com.cruddur.db.activities.Ttl;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Some of Cruddur's API. JSON is passed through as PostgreSQL wrote it. */
@RestController
@RequestMapping(path = "/api/activities", produces = MediaType.APPLICATION_JSON_VALUE)
class FeedController {

  private static final int PAGE = 20;

  private final CruddurDb db;
  private final Conversations conversations;

  FeedController(CruddurDb db, Conversations conversations) {
    this.db = db;
    this.conversations = conversations;
  }

  record Post(String message, String ttl) {}

  record Conversation(String message, String ttl, List<String> replies) {}

  @GetMapping("/home")
  ResponseEntity<byte[]> home(@RequestParam Optional<String> cursor) {
    FeedRequest first = FeedRequest.first(PAGE);
    FeedPage page =
        db.activities().home(cursor.map(FeedCursor::parse).map(first::after).orElse(first));
    ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
    page.next().ifPresent(next -> answer.header("X-Next-Cursor", next.toString()));
    return answer.body(page.json());
  }

  @PostMapping
  String create(@RequestHeader("X-Cognito-User-Id") String caller, @RequestBody Post post) {
    return db.activities()
        .create(NewActivity.of(caller, post.message(), Ttl.parse(post.ttl())))
        .json();
  }

  @PostMapping("/conversation")
  ResponseEntity<String> converse(
      @RequestHeader("X-Cognito-User-Id") String caller, @RequestBody Conversation conversation) {
    UUID first =
        conversations.begin(
            NewActivity.of(caller, conversation.message(), Ttl.parse(conversation.ttl())),
            caller,
            conversation.replies());
    return ResponseEntity.of(db.activities().show(first));
  }

  @GetMapping("/@{handle}/status/{uuid}")
  ResponseEntity<String> show(@PathVariable String handle, @PathVariable UUID uuid) {
    return ResponseEntity.of(db.activities().show(uuid));
  }
}
