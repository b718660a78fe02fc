package com.example.springfeed;

import com.cruddur.db.ConnectionFailedException;
import com.cruddur.db.InvalidInputException;
import com.cruddur.db.UnknownUserException;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** The library's exceptions as the web client knows them: an array of codes. */
@RestControllerAdvice
class Errors {

  @ExceptionHandler
  ResponseEntity<List<String>> refuse(InvalidInputException invalid) {
    return ResponseEntity.unprocessableContent().body(List.of(invalid.code()));
  }

  @ExceptionHandler
  ResponseEntity<List<String>> refuse(UnknownUserException unknown) {
    return ResponseEntity.status(401).body(List.of("user_unknown"));
  }

  @ExceptionHandler
  ResponseEntity<List<String>> wait(ConnectionFailedException outage) {
    return ResponseEntity.status(503).header("Retry-After", "1").body(List.of("unavailable"));
  }
}
