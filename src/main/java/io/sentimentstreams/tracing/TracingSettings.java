package io.sentimentstreams.tracing;

import java.net.URI;
import java.util.Optional;

/**
 * Where spans go.
 *
 * @param endpoint takes them by OTLP over HTTP, such as {@code http://localhost:4318/v1/traces};
 *     empty for none
 * @param sample share of the frames that have a span, above 0 and at most 1
 */
public record TracingSettings(Optional<URI> endpoint, double sample) {
  /** No spans. */
  public static final TracingSettings NONE = new TracingSettings(Optional.empty(), 1);
}
