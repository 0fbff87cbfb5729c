package io.sentimentstreams.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Optional;

/**
 * What a request over HTTP is answered with.
 *
 * @param status of HTTP
 * @param type the body's media type, as {@code Content-Type} has it
 * @param body one document; its last line has an end, which is added where it is missing
 * @param location where the answer is to be had instead, for a status that says so
 */
public record Answer(int status, String type, String body, Optional<String> location) {
  /** Plain text in UTF-8. */
  public static final String TEXT = "text/plain; charset=utf-8";

  /** A page. */
  public static final String HTML = "text/html; charset=utf-8";

  /** A picture. */
  public static final String SVG = "image/svg+xml";

  private static final String JSON = "application/json";

  public Answer {
    body = body.isEmpty() || body.endsWith("\n") ? body : body + "\n";
  }

  /** An answer from here, as JSON. */
  public static Answer of(int status, String json) {
    return of(status, JSON, json);
  }

  /** An answer from here, of another type. */
  public static Answer of(int status, String type, String body) {
    return new Answer(status, type, body, Optional.empty());
  }

  /** A plain text, for people. */
  public static Answer text(int status, String text) {
    return of(status, TEXT, text);
  }

  /** Says, as JSON too, where the answer is. */
  public static Answer elsewhere(String json, String location) {
    return new Answer(307, JSON, json, Optional.of(location));
  }

  /** Sends it, without the body where the request is HEAD, and closes the exchange. */
  public void send(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      location.ifPresent(other -> exchange.getResponseHeaders().set("Location", other));
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
      if (!head) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }
}
