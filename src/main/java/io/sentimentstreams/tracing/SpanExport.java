package io.sentimentstreams.tracing;

import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.sentimentstreams.batch.Frame;
import io.sentimentstreams.batch.FrameRow;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A span a frame, of a trace of its own, with a link to the span of each event that names one. They
 * are exported in the background; what the endpoint does not take in time is dropped, and the
 * stream never waits for it.
 */
public final class SpanExport implements FrameTracer, AutoCloseable {
  /** How long the last spans may take at the end. */
  private static final Duration LAST_SPANS = Duration.ofSeconds(2);

  /** Links of all spans that wait for the endpoint: some 20 MB. */
  private static final int WAITING_LINKS = 65_536;

  /** Spans that wait at most, and at least, whatever they link to. */
  private static final int MOST_WAITING = 2_048;

  private static final int LEAST_WAITING = 16;

  /** Spans that wait are sent in so many parts. */
  private static final int PARTS = 4;

  private static final String SCOPE = "io.sentimentstreams";

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  private SpanExport(SdkTracerProvider provider) {
    this.provider = provider;
    this.tracer = new OtelTracer(provider.get(SCOPE), new OtelCurrentTraceContext(), event -> {});
  }

  /**
   * Exports spans; nothing is asked of the endpoint before the first one.
   *
   * @param service the name of the service that they are of
   * @param endpoint takes them by OTLP over HTTP
   * @param sample share of the frames that have one
   * @param rows of the largest frame, at least 1
   */
  public static SpanExport to(String service, URI endpoint, double sample, int rows) {
    int waiting = Math.max(LEAST_WAITING, Math.min(MOST_WAITING, WAITING_LINKS / rows));
    return new SpanExport(
        SdkTracerProvider.builder()
            .setResource(
                Resource.getDefault()
                    .merge(
                        Resource.create(
                            Attributes.of(AttributeKey.stringKey("service.name"), service))))
            .setSampler(Sampler.traceIdRatioBased(sample))
            .setSpanLimits(SpanLimits.builder().setMaxNumberOfLinks(rows).build())
            .addSpanProcessor(
                BatchSpanProcessor.builder(
                        OtlpHttpSpanExporter.builder().setEndpoint(endpoint.toString()).build())
                    .setMaxQueueSize(waiting)
                    .setMaxExportBatchSize(waiting / PARTS)
                    .build())
            .build());
  }

  @Override
  public Work begin(String route, Frame frame) {
    Span.Builder builder =
        tracer
            .spanBuilder()
            .setNoParent()
            .name("label " + route)
            .kind(Span.Kind.CONSUMER)
            .tag("messaging.system", "kafka")
            .tag("messaging.operation.type", "process")
            .tag("messaging.destination.name", frame.topic())
            .tag("messaging.destination.partition.id", Integer.toString(frame.partition()))
            .tag("messaging.batch.message_count", frame.rows().size())
            .tag("messaging.kafka.offset", frame.rows().get(0).offset());
    for (FrameRow row : frame.rows()) {
      TraceParent.of(row).ifPresent(parent -> builder.addLink(new Link(context(parent))));
    }
    return new Spanned(builder.start());
  }

  private TraceContext context(TraceParent parent) {
    return tracer
        .traceContextBuilder()
        .traceId(parent.traceId())
        .spanId(parent.spanId())
        .sampled(parent.sampled())
        .build();
  }

  /** Sends what is left, for two seconds at most. */
  @Override
  public void close() {
    provider.shutdown().join(LAST_SPANS.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static final class Spanned implements Work {
    private final Span span;
    private boolean done;

    Spanned(Span span) {
      this.span = span;
    }

    @Override
    public void done(String model, int deadLetters) {
      span.tag("sentiment.model", model).tag("sentiment.dead_letters", deadLetters);
      done = true;
    }

    @Override
    public void close() {
      if (!done) {
        span.tag("error.type", "given-up");
      }
      span.end();
    }
  }
}
