package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;

/**
 * Where metrics and health are served.
 *
 * @param host name or address to listen on
 * @param port 0 for a free one
 */
public record HttpSettings(String host, int port) {
  public HttpSettings {
    if (host.isBlank()) {
      throw new InvalidInputException(
          "http.host: empty, but a name or address of this machine is needed");
    }
    if (port < 0 || port > 65_535) {
      throw new InvalidInputException(
          "http.port: %d, but 1 to 65535 is needed, or 0 for a free one".formatted(port));
    }
  }
}
