package com.example.springfeed;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Cruddur's feed as a Spring Boot application. */
@SpringBootApplication
public class FeedApplication {

  public static void main(String[] arguments) {
    SpringApplication.run(FeedApplication.class, arguments);
  }
}
