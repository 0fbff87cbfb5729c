package io.sentimentstreams.model;

import io.sentimentstreams.text.TextSettings;
import io.sentimentstreams.text.TokenizerKind;
import io.sentimentstreams.text.Truncation;
import io.sentimentstreams.text.Vocabulary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Small models with random weights. */
final class TestBundles {
  static final int VOCABULARY = 50;
  static final Labels LABELS = new Labels(List.of("negative", "neutral", "positive"));
  static final TextSettings TEXT =
      new TextSettings(TokenizerKind.SOCIAL, VOCABULARY, 1, 1000, Truncation.KEEP_TAIL);
  static final NetworkSpec BILSTM = NetworkSpec.biLstm(6, 5, Pooling.MAX);
  static final NetworkSpec CONV1D = NetworkSpec.conv1d(6, 7, 5, Pooling.MAX_AND_MEAN, 4);

  private TestBundles() {}

  static ModelBundle random(NetworkSpec network, Precision precision) {
    return of(network, weights(network), precision);
  }

  /** A bundle with weights of its caller's. */
  static ModelBundle of(NetworkSpec network, Weights weights, Precision precision) {
    return ModelBundle.create(
        spec(network), vocabulary(), weights, precision, provenance(), List.of());
  }

  static ModelSpec spec(NetworkSpec network) {
    return new ModelSpec("test", network, LABELS, TEXT);
  }

  /** The words {@code worda} ... {@code wordav}. */
  static Vocabulary vocabulary() {
    return Vocabulary.build(
        TEXT, IntStream.range(0, VOCABULARY - 2).mapToObj(TestBundles::word).toList());
  }

  static String word(int index) {
    StringBuilder word = new StringBuilder("word");
    for (int rest = index; rest >= 0; rest = rest / 26 - 1) {
      word.append((char) ('a' + rest % 26));
    }
    return word.toString();
  }

  static Weights weights(NetworkSpec network) {
    Random random = new Random(3);
    List<Tensor> tensors = new ArrayList<>();
    TensorLayout.of(network, VOCABULARY, LABELS.size())
        .forEach((name, shape) -> tensors.add(tensor(name, shape, random)));
    return Weights.of(tensors);
  }

  private static Tensor tensor(String name, int[] shape, Random random) {
    float[] values = new float[Tensor.elements(name, shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian() * 0.5f;
    }
    return new Tensor(name, shape, values);
  }

  static Provenance provenance() {
    return new Provenance(
        Instant.parse("2026-01-31T12:00:00.123456Z"),
        new Provenance.DataDescription(
            "Tweets.csv",
            "0123456789abcdef".repeat(4),
            100,
            new Provenance.SplitDescription(7, 0.1, 0.2, 70, 10, 20)),
        42,
        new Provenance.Versions("0.1.0", "1.0.0-M2.1", "17.0.15", "Linux amd64"),
        "./sentiment train --preset test",
        Map.of("batchSize", 32));
  }

  static Measures measures() {
    return new Measures(
        "validation",
        10,
        0.7,
        1.0 / 3,
        0.5,
        0.25,
        List.of(
            new ClassMeasures("negative", 0.1, 0.2, 0.3, 4),
            new ClassMeasures("neutral", 0, 0, 0, 3),
            new ClassMeasures("positive", 1, 1, 1, 3)),
        List.of(List.of(4L, 0L, 0L), List.of(1L, 1L, 1L), List.of(0L, 1L, 2L)));
  }
}
