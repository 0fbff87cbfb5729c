package io.sentimentstreams.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.model.Reference;
import io.sentimentstreams.text.EncodedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DriftTest {
  private static final int LABELS = 3;

  @Test
  void index_ofTheSameDistribution_isNearZero() {
    Sample own = new Sample(2_000, 1, 0.1, 12, 0.5);
    Drift drift = new Drift(own.reference());
    new Sample(2_000, 2, 0.1, 12, 0.5).addTo(drift);

    assertThat(drift.unknown()).isBetween(0.0, 0.05);
    assertThat(drift.length()).isBetween(0.0, 0.05);
    assertThat(drift.score()).isBetween(0.0, 0.05);
    assertThat(drift.label()).isBetween(0.0, 0.05);
  }

  @Test
  void index_ofOneMeasureThatShifts_isLargeForThatAlone() {
    Drift drift = new Drift(new Sample(2_000, 1, 0.1, 12, 0.5).reference());
    new Sample(2_000, 2, 0.1, 60, 0.5).addTo(drift);

    assertThat(drift.length()).isGreaterThan(0.25);
    assertThat(drift.score()).isLessThan(0.1);
    assertThat(drift.label()).isLessThan(0.1);
  }

  @Test
  void index_ofTwoBins_isTheFormula() {
    List<EncodedText> texts = new ArrayList<>();
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < 800; i++) {
      texts.add(new EncodedText(new int[] {1}, 1, 0));
      predictions.add(
          Prediction.of(i % 4 == 0 ? new float[] {0.6f, 0.4f} : new float[] {0.4f, 0.6f}));
    }
    Drift drift = new Drift(Reference.of("validation", 2, texts, predictions));
    for (int i = 0; i < 800; i++) {
      predictions.set(
          i, Prediction.of(i % 2 == 0 ? new float[] {0.6f, 0.4f} : new float[] {0.4f, 0.6f}));
    }
    drift.add(texts, predictions);

    double expected = 0.25 * Math.log(0.5 / 0.25) - 0.25 * Math.log(0.5 / 0.75);
    assertThat(drift.label()).isCloseTo(expected, within(2e-3));
  }

  @Test
  void index_ofFewTexts_isNoNumber() {
    Drift drift = new Drift(new Sample(2_000, 1, 0.1, 12, 0.5).reference());
    new Sample(Drift.LEAST_TEXTS - 1, 2, 0.1, 12, 0.5).addTo(drift);
    assertThat(drift.length()).isNaN();
    new Sample(1, 3, 0.1, 12, 0.5).addTo(drift);
    assertThat(drift.length()).isNotNaN();
  }

  @Test
  void index_afterTheStreamIsAsBefore_fades() {
    Drift drift = new Drift(new Sample(2_000, 1, 0.1, 12, 0.5).reference());
    new Sample(5_000, 2, 0.1, 60, 0.5).addTo(drift);
    double shifted = drift.length();
    new Sample(60_000, 3, 0.1, 12, 0.5).addTo(drift);

    assertThat(drift.length()).isLessThan(0.05).isLessThan(shifted);
  }

  @Test
  void gauges_ofARoute_followItsModel() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Meters meters = new Meters(registry);
    assertThat(meters.drift("tweets", Reference.NONE)).isEmpty();
    assertThat(registry.find(Meters.DRIFT).gauges()).isEmpty();

    Sample own = new Sample(2_000, 1, 0.1, 12, 0.5);
    own.addTo(meters.drift("tweets", own.reference()).orElseThrow());
    assertThat(
            registry.get(Meters.DRIFT).tags("route", "tweets", "measure", "length").gauge().value())
        .isLessThan(1e-3);

    assertThat(meters.drift("tweets", Reference.NONE)).isEmpty();
    assertThat(registry.get(Meters.DRIFT).tag("measure", "length").gauge().value()).isNaN();
  }

  /** Random texts: unknown share, mean length and how sure the model is. */
  private record Sample(List<EncodedText> texts, List<Prediction> predictions) {
    Sample(int size, int seed, double unknown, int length, double sure) {
      this(new ArrayList<>(), new ArrayList<>());
      Random random = new Random(seed);
      for (int i = 0; i < size; i++) {
        int tokens = 1 + random.nextInt(2 * length);
        int missing = 0;
        for (int token = 0; token < tokens; token++) {
          missing += random.nextDouble() < unknown ? 1 : 0;
        }
        texts.add(new EncodedText(new int[] {1}, tokens, missing));
        float[] probabilities = new float[LABELS];
        float best = (float) (sure + (1 - sure) * random.nextDouble());
        int label = random.nextInt(LABELS);
        for (int other = 0; other < LABELS; other++) {
          probabilities[other] = other == label ? best : (1 - best) / (LABELS - 1);
        }
        predictions.add(Prediction.of(probabilities));
      }
    }

    Reference reference() {
      return Reference.of("validation", LABELS, texts, predictions);
    }

    void addTo(Drift drift) {
      drift.add(texts, predictions);
    }
  }
}
