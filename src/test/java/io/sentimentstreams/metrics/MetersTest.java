package io.sentimentstreams.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.event.RejectionReason;
import io.sentimentstreams.model.Labels;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MetersTest {
  private final PrometheusMetrics metrics = new PrometheusMetrics();
  private final Meters meters = new Meters(metrics.registry());

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void route_new_showsEveryCounterAtZero() {
    route();
    assertThat(metrics.scrape())
        .contains("sentiment_events_in_total{route=\"tweets\"} 0.0")
        .contains("sentiment_events_labelled_total{label=\"negative\",route=\"tweets\"} 0.0")
        .contains("sentiment_events_labelled_total{label=\"positive\",route=\"tweets\"} 0.0")
        .contains("sentiment_inference_errors_total{route=\"tweets\"} 0.0")
        .contains("sentiment_tokens_unknown_ratio{route=\"tweets\"} 0.0");
    for (RejectionReason reason : RejectionReason.values()) {
      assertThat(metrics.scrape())
          .contains(
              "sentiment_events_dead_lettered_total{reason=\"%s\",route=\"tweets\"} 0.0"
                  .formatted(reason.code()));
    }
  }

  @Test
  void frame_recorded_showsInAllMeters() {
    RouteMeters route = route();
    route.encoded(20, 40, 10);
    try (FrameTally tally = route.begin(3)) {
      tally.labelled(1);
      tally.labelled(1);
      tally.deadLettered(RejectionReason.EMPTY_TEXT);
      tally.done();
    }
    route.queued(Duration.ofMillis(2).toNanos());
    route.encodedIn(Duration.ofMillis(1).toNanos());
    route.inferredIn(Duration.ofMillis(7).toNanos());
    route.finishedIn(Duration.ofMillis(11).toNanos());
    assertThat(metrics.scrape())
        .contains("sentiment_events_in_total{route=\"tweets\"} 3.0")
        .contains("sentiment_events_labelled_total{label=\"positive\",route=\"tweets\"} 2.0")
        .contains(
            "sentiment_events_dead_lettered_total{reason=\"empty-text\",route=\"tweets\"} 1.0")
        .contains("sentiment_batch_rows_bucket{route=\"tweets\",le=\"2.0\"} 0")
        .contains("sentiment_batch_rows_bucket{route=\"tweets\",le=\"4.0\"} 1")
        .contains("sentiment_batch_tokens_bucket{route=\"tweets\",le=\"64.0\"} 1")
        .contains("sentiment_latency_inference_seconds_bucket{route=\"tweets\",le=\"0.005\"} 0")
        .contains("sentiment_latency_inference_seconds_bucket{route=\"tweets\",le=\"0.01\"} 1")
        .contains("sentiment_latency_total_seconds_count{route=\"tweets\"} 1")
        .contains("sentiment_tokens_unknown_ratio{route=\"tweets\"} 0.25");
  }

  @Test
  void readiness_thatChanges_showsAsItIs() {
    AtomicBoolean ready = new AtomicBoolean();
    meters.ready(ready::get);
    assertThat(metrics.scrape()).contains("sentiment_ready 0.0");

    ready.set(true);
    assertThat(metrics.scrape()).contains("sentiment_ready 1.0");
  }

  @Test
  void frame_givenUpAndWorkedOnAgain_isCountedOnce() {
    RouteMeters route = route();
    try (FrameTally tally = route.begin(2)) {
      tally.labelled(0);
      assertThat(metrics.scrape())
          .contains("sentiment_events_unaccounted{route=\"tweets\"} 2.0")
          .contains("sentiment_events_in_total{route=\"tweets\"} 0.0");
    }
    assertThat(metrics.scrape())
        .contains("sentiment_events_unaccounted{route=\"tweets\"} 0.0")
        .contains("sentiment_events_labelled_total{label=\"negative\",route=\"tweets\"} 0.0");

    try (FrameTally tally = route.begin(2)) {
      tally.labelled(0);
      tally.deadLettered(RejectionReason.TOMBSTONE);
      tally.done();
    }
    assertThat(metrics.scrape())
        .contains("sentiment_events_in_total{route=\"tweets\"} 2.0")
        .contains("sentiment_events_labelled_total{label=\"negative\",route=\"tweets\"} 1.0")
        .contains("sentiment_events_unaccounted{route=\"tweets\"} 0.0");
  }

  @Test
  void frame_doneWithoutAnOutcomeForARow_staysUnaccounted() {
    RouteMeters route = route();
    try (FrameTally tally = route.begin(2)) {
      tally.labelled(0);
      tally.done();
    }
    assertThat(metrics.scrape()).contains("sentiment_events_unaccounted{route=\"tweets\"} 1.0");
  }

  @Test
  void stageCall_recorded_showsInAllMeters() {
    StageMeters stage = meters.stage("tweets-bilstm");
    assertThat(metrics.scrape())
        .contains("sentiment_stage_padding_ratio{model=\"tweets-bilstm\"} 0.0")
        .contains("sentiment_stage_calls_total{model=\"tweets-bilstm\",outcome=\"failed\"} 0.0");

    stage.queued(Duration.ofMillis(2).toNanos());
    stage.called(true, Duration.ofMillis(7).toNanos(), new int[] {1, 5, 3}, 15);
    stage.called(false, Duration.ofMillis(7).toNanos(), new int[] {1}, 5);

    assertThat(metrics.scrape())
        .contains("sentiment_stage_queue_seconds_count{model=\"tweets-bilstm\"} 1")
        .contains("sentiment_stage_device_seconds_bucket{model=\"tweets-bilstm\",le=\"0.01\"} 2")
        .contains("sentiment_stage_calls_total{model=\"tweets-bilstm\",outcome=\"done\"} 1.0")
        .contains("sentiment_stage_calls_total{model=\"tweets-bilstm\",outcome=\"failed\"} 1.0")
        .contains("sentiment_stage_rows_bucket{model=\"tweets-bilstm\",le=\"2.0\"} 1")
        .contains("sentiment_stage_tokens_sum{model=\"tweets-bilstm\"} 10.0")
        .contains("sentiment_stage_tokens_computed_total{model=\"tweets-bilstm\"} 20.0")
        .contains("sentiment_stage_padding_ratio{model=\"tweets-bilstm\"} 0.5");
  }

  @Test
  void model_shown_carriesItsTags() {
    meters.model("tweets", "tweets-bilstm", "abc", "bilstm", "dl4j", "cpu");
    assertThat(metrics.scrape())
        .contains(
            "sentiment_model_info{backend=\"dl4j\",device=\"cpu\",model=\"tweets-bilstm\","
                + "network=\"bilstm\",route=\"tweets\",version=\"abc\"} 1");
  }

  @Test
  void scrape_always_holdsTheJvm() {
    assertThat(metrics.scrape()).contains("jvm_memory_used_bytes").contains("process_cpu_usage");
  }

  private RouteMeters route() {
    return meters.route("tweets", new Labels(List.of("negative", "positive")));
  }
}
