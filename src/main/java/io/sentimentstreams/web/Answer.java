package io.sentimentstreams.web;

import java.util.Optional;

/**
 * What a query over HTTP is answered with.
 *
 * @param status of HTTP
 * @param type the body's media type
 * @param body one document, without the end of its last line
 * @param location where the answer is to be had instead, for a status that says so
 */
public record Answer(int status, String type, String body, Optional<String> location) {
  /** Plain text in UTF-8. */
  public static final String TEXT = "text/plain; charset=utf-8";

  /** A picture. */
  public static final String SVG = "image/svg+xml";

  private static final String JSON = "application/json";

  /** An answer from here, as JSON. */
  public static Answer of(int status, String json) {
    return new Answer(status, JSON, json, Optional.empty());
  }

  /** An answer from here, of another type. */
  public static Answer of(int status, String type, String body) {
    return new Answer(status, type, body, Optional.empty());
  }

  /** Says, as JSON too, where the answer is. */
  public static Answer elsewhere(String json, String location) {
    return new Answer(307, JSON, json, Optional.of(location));
  }
}
