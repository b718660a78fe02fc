package com.example.feedservice;

import static com.example.feedservice.Route.get;
import static com.example.feedservice.Route.post;

import com.cruddur.db.CruddurDb;
import java.util.List;
import java.util.stream.Collectors;

/** The API. */
final class Routes {

  private final List<Route> routes;

  private Routes(List<Route> routes) {
    this.routes = routes;
  }

  static Routes of(CruddurDb db, Telemetry telemetry, Admission admission) {
    Activities activities = new Activities(db.activities());
    Users users = new Users(db.users());
    HealthCheck health = new HealthCheck(db);
    return new Routes(
        List.of(
            get("/api/activities/home", admission.before(activities::home)),
            get("/api/activities/search", admission.before(activities::search)),
            post("/api/activities", admission.before(activities::create)),
            post("/api/activities/{uuid}/reply", admission.before(activities::reply)),
            get("/api/activities/@{handle}", admission.before(users::page)),
            get("/api/activities/@{handle}/status/{uuid}", admission.before(activities::show)),
            get("/api/users/@{handle}/short", admission.before(users::shortProfile)),
            post("/api/profile/update", admission.before(users::updateProfile)),
            get("/api/health-check", health::look),
            get("/metrics", request -> telemetry.scrape())));
  }

  /** Returns the route, or refuses the path, or the method on it. */
  Route find(String method, String rawPath) {
    List<Route> onPath = routes.stream().filter(route -> route.matcher(rawPath).matches()).toList();
    if (onPath.isEmpty()) {
      throw new Refusal(404, "not_found");
    }
    return onPath.stream()
        .filter(route -> route.method().equals(method))
        .findFirst()
        .orElseThrow(() -> Refusal.methodNotAllowed(methods(onPath)));
  }

  private static String methods(List<Route> routes) {
    return routes.stream().map(Route::method).collect(Collectors.joining(", "));
  }
}
