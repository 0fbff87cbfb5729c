package io.sentimentstreams.tracing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sentimentstreams.batch.Frame;
import io.sentimentstreams.batch.FrameHeader;
import io.sentimentstreams.batch.FrameRow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spans as a receiver of OTLP over HTTP gets them, in protobuf's form. */
final class SpanExportTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String OTHER = "1bf7651916cd43dd8448eb211c80319d";
  private static final String NO_TRACE = "";
  private static final String SPAN = "b7ad6b7169203331";

  /** Bodies of the requests, a character a byte. */
  private final List<String> received = new CopyOnWriteArrayList<>();

  /** Held by whoever wants the endpoint to be silent. */
  private final Semaphore answering = new Semaphore(1);

  @SuppressWarnings("NullAway.Init") // set before each test
  private HttpServer receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/v1/traces",
        exchange -> {
          answering.acquireUninterruptibly();
          answering.release();
          received.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  @Test
  void frame_thatIsDone_isASpanWithALinkToEachEventsSpan() {
    try (SpanExport export = export(1)) {
      try (FrameTracer.Work work = export.begin("tweets", frame(TRACE, NO_TRACE, OTHER))) {
        work.done("tweets-bilstm", 1);
      }
    }

    assertThat(received).hasSize(1);
    assertThat(received.get(0))
        .contains(
            "label tweets",
            "my-application",
            "messaging.batch.message_count",
            "tweets-bilstm",
            bytes(TRACE),
            bytes(OTHER),
            bytes(SPAN))
        .doesNotContain("given-up");
  }

  @Test
  void frame_thatIsGivenUp_saysSo() {
    try (SpanExport export = export(1)) {
      export.begin("tweets", frame(TRACE)).close();
    }

    assertThat(received).singleElement().asString().contains("error.type", "given-up");
  }

  @Test
  void frames_ofASmallSample_haveFewSpans() {
    try (SpanExport export = export(1e-9)) {
      for (int i = 0; i < 100; i++) {
        export.begin("tweets", frame(TRACE)).close();
      }
    }

    assertThat(received).isEmpty();
  }

  @Test
  void endpoint_thatIsGone_holdsNobodyUp() {
    receiver.stop(0);

    try (SpanExport export = export(1)) {
      export.begin("tweets", frame(TRACE)).close();
    }

    assertThat(received).isEmpty();
  }

  @Test
  void spans_whileTheEndpointIsSilent_waitOnlyAsFarAsTheirLinksHaveRoom() {
    String[] traces = new String[256];
    Arrays.fill(traces, TRACE);
    Frame large = frame(traces);
    answering.acquireUninterruptibly();
    try (SpanExport export = export(1)) {
      for (int i = 0; i < 1_000; i++) {
        export.begin("tweets", large).close();
      }
      answering.release();
    }

    long spans =
        received.stream().mapToLong(body -> body.split("label tweets", -1).length - 1).sum();
    // 256 wait, and two exports of a fourth of them are under way.
    assertThat(spans).isBetween(64L, 384L);
  }

  private SpanExport export(double sample) {
    URI endpoint =
        URI.create("http://127.0.0.1:%d/v1/traces".formatted(receiver.getAddress().getPort()));
    return SpanExport.to("my-application", endpoint, sample, 256);
  }

  /** A row for each trace. */
  private static Frame frame(String... traces) {
    FrameRow[] rows = new FrameRow[traces.length];
    for (int i = 0; i < traces.length; i++) {
      List<FrameHeader> headers =
          traces[i].equals(NO_TRACE)
              ? List.of()
              : List.of(
                  new FrameHeader(
                      "traceparent", "00-%s-%s-01".formatted(traces[i], SPAN).getBytes(UTF_8)));
      rows[i] = new FrameRow(i, 0, null, "{}".getBytes(UTF_8), headers);
    }
    return new Frame("tweets", 0, List.of(rows));
  }

  private static String bytes(String hexadecimal) {
    return new String(HexFormat.of().parseHex(hexadecimal), ISO_8859_1);
  }
}
