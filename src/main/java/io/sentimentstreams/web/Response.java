package io.sentimentstreams.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Optional;

/**
 * An answer to a request.
 *
 * @param type of the body, as {@code Content-Type} has it
 * @param location where else to ask, for redirections
 */
public record Response(int status, String type, String body, Optional<String> location) {

  /** An answer that leads nowhere else. */
  public static Response of(int status, String type, String body) {
    return new Response(status, type, body, Optional.empty());
  }

  /** A plain text, for people. */
  public static Response text(int status, String body) {
    return of(status, "text/plain; charset=utf-8", body);
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
