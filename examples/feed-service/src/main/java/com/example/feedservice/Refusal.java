package com.example.feedservice;

/** A request that is answered with a code and nothing else. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Response response;

  Refusal(int status, String code) {
    this(Response.error(status, code));
  }

  private Refusal(Response response) {
    // Nobody reads its stack trace.
    super("status " + response.status(), null, false, false);
    this.response = response;
  }

  static Refusal methodNotAllowed(String allowed) {
    return new Refusal(Response.error(405, "method_not_allowed").with("Allow", allowed));
  }

  Response response() {
    return response;
  }
}
