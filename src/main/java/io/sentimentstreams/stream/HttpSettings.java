package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;

/**
 * What is served over HTTP, and where.
 *
 * @param host name or address to listen on
 * @param port 0 for a free one
 * @param page whether the page is served
 * @param samples events a second whose texts the page shows, 0 to {@value #MOST_SAMPLES}
 */
public record HttpSettings(String host, int port, boolean page, int samples) {
  private static final int MOST_SAMPLES = 100;

  public HttpSettings {
    if (host.isBlank()) {
      throw new InvalidInputException(
          "http.host: empty, but a name or address of this machine is needed");
    }
    if (port < 0 || port > 65_535) {
      throw new InvalidInputException(
          "http.port: %d, but 1 to 65535 is needed, or 0 for a free one".formatted(port));
    }
    if (samples < 0 || samples > MOST_SAMPLES) {
      throw new InvalidInputException(
          "http.samples: %d, but 0 (no texts) to %d events a second is needed"
              .formatted(samples, MOST_SAMPLES));
    }
  }
}
