package io.sentimentstreams.page;

import io.sentimentstreams.event.RejectionReason;
import io.sentimentstreams.metrics.FrameTally;
import io.sentimentstreams.metrics.Meters;
import io.sentimentstreams.metrics.PrometheusMetrics;
import io.sentimentstreams.metrics.RouteMeters;
import io.sentimentstreams.model.AttributionMethod;
import io.sentimentstreams.model.Explanation;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.model.TokenContribution;
import io.sentimentstreams.web.Health;
import io.sentimentstreams.web.OpsServer;
import io.sentimentstreams.web.ScoreAnswer;
import io.sentimentstreams.web.ScoreRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The page of a stream that a test plays: the meters, samples and groups are its to fill. */
final class ServedPage implements AutoCloseable {
  static final Labels LABELS = new Labels(List.of("negative", "neutral", "positive"));

  /** Labelled events a second that are shown, and dead letters. */
  static final int SAMPLES = 100;

  final PrometheusMetrics metrics = new PrometheusMetrics();
  final Meters meters = new Meters(metrics.registry());
  final Groups groups = new Groups();
  private final RouteMeters tweets = meters.route("tweets", LABELS);
  private final Samples samples = new Samples(SAMPLES, System::nanoTime, new Random(1));
  private Page page;
  private OpsServer server;
  private int offset;

  ServedPage() {
    this.page = page("one");
    this.server = server(0);
  }

  private Page page(String instance) {
    return Page.open(
        new Page.Source(
            instance,
            metrics.registry(),
            samples,
            sample -> List.of(new Word(0, 4, 1.5)),
            Health::up,
            Health::up,
            () -> Map.of("tweets-0", 7L, "tweets-1", 35L),
            groups,
            List.of("/metrics", "/trends?route=tweets", "/score")));
  }

  private OpsServer server(int port) {
    return OpsServer.start(
        "127.0.0.1",
        port,
        metrics::scrape,
        Health::up,
        Health::up,
        ServedPage::answer,
        Map.of(),
        page.handlers());
  }

  String url() {
    return "http://127.0.0.1:" + port() + "/";
  }

  int port() {
    return server.port();
  }

  /** Ends the page and its server. */
  void stop() {
    page.close();
    server.close();
  }

  /** Another process at the same place. */
  void startAgain(String instance, int port) {
    page = page(instance);
    server = server(port);
  }

  /** An event is labelled, and shown. */
  void label(String text, int label) {
    try (FrameTally tally = tweets.begin(1)) {
      tally.labelled(label);
      tally.done();
    }
    samples.offer(sample(text, label));
  }

  /** An event is dead-lettered, and shown. */
  void bury(String detail) {
    try (FrameTally tally = tweets.begin(1)) {
      tally.deadLettered(RejectionReason.EMPTY_TEXT);
      tally.done();
    }
    samples.offer(new Sample.Dead("tweets", place(), "empty-text", detail));
  }

  /** A frame of events goes through, by the way of the stream: all counted, some shown. */
  void frame(List<String> texts, Duration latency) {
    List<Integer> rows = new ArrayList<>(texts.size());
    try (FrameTally tally = tweets.begin(texts.size())) {
      for (int row = 0; row < texts.size(); row++) {
        tally.labelled(row % LABELS.size());
        rows.add(row);
      }
      tally.done();
    }
    tweets.finishedIn(latency.toNanos());
    if (samples.wantsLabelled()) {
      samples
          .ofLabelled(rows)
          .forEach(row -> samples.offer(sample(texts.get(row), row % LABELS.size())));
    }
  }

  private Sample sample(String text, int label) {
    return new Sample.Labelled(
        "tweets",
        place(),
        text,
        text.length(),
        LABELS.name(label),
        0.98f,
        Map.of(LABELS.name(label), 0.98f),
        "v1");
  }

  private Place place() {
    offset++;
    return new Place("tweets", 0, offset, 0);
  }

  private static ScoreAnswer answer(ScoreRequest request) {
    String text = request.texts().get(0);
    return new ScoreAnswer(
        "tweets",
        "fake",
        "v1",
        LABELS,
        List.of(
            new ScoreAnswer.Scored(
                Prediction.of(new float[] {0.01f, 0.01f, 0.98f}),
                new Explanation(
                    AttributionMethod.EXACT,
                    1,
                    0,
                    List.of(new TokenContribution(text.substring(0, 4), 0, 4, 2.0))))));
  }

  @Override
  public void close() {
    stop();
    metrics.close();
  }
}
