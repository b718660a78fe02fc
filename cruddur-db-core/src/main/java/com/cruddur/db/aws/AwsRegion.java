package com.cruddur.db.aws;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the region that a host or a secret is in. */
final class AwsRegion {

  /** In China the two labels have changed places. */
  private static final Pattern RDS_HOST =
      Pattern.compile(
          "(?i).+\\.(?:(?<before>[a-z0-9-]+)\\.rds|rds\\.(?<behind>[a-z0-9-]+))"
              + "\\.amazonaws\\.com(?:\\.cn)?\\.?");

  private static final Pattern SECRET_ARN =
      Pattern.compile("arn:aws[a-z-]*:secretsmanager:([a-z0-9-]+):.*");
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");

  private AwsRegion() {}

  /** Returns the text, or refuses it: it becomes part of a host name. */
  static String checked(String region) {
    if (!NAME.matcher(region).matches()) {
      throw new IllegalArgumentException(
          "A region of AWS is written like eu-central-1, not " + region);
    }
    return region;
  }

  static boolean isRds(String host) {
    return RDS_HOST.matcher(host).matches();
  }

  static String ofHost(@Nullable String given, String host, Map<String, String> environment) {
    Matcher name = RDS_HOST.matcher(host);
    String named = null;
    if (name.matches()) {
      named = name.group("before") == null ? name.group("behind") : name.group("before");
    }
    return of(given, named, environment);
  }

  static String ofSecret(@Nullable String given, String secretId, Map<String, String> environment) {
    Matcher arn = SECRET_ARN.matcher(secretId);
    return of(given, arn.matches() ? arn.group(1) : null, environment);
  }

  private static String of(
      @Nullable String given, @Nullable String named, Map<String, String> environment) {
    if (given != null || named != null) {
      return given == null ? checked(named.toLowerCase(Locale.ROOT)) : given;
    }
    String fallback = environment.getOrDefault("AWS_DEFAULT_REGION", "");
    String region = environment.getOrDefault("AWS_REGION", fallback);
    if (region.isEmpty()) {
      throw new IllegalStateException("AWS_REGION is not set. Set it, or call region(…).");
    }
    return checked(region);
  }
}
