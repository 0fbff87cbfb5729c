package io.sentimentstreams.stream;

import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.model.ModelSpec;
import io.sentimentstreams.model.NetworkSpec;
import io.sentimentstreams.model.Pooling;
import io.sentimentstreams.model.Precision;
import io.sentimentstreams.model.Provenance;
import io.sentimentstreams.model.Tensor;
import io.sentimentstreams.model.Weights;
import io.sentimentstreams.text.TextSettings;
import io.sentimentstreams.text.TokenizerKind;
import io.sentimentstreams.text.Truncation;
import io.sentimentstreams.text.Vocabulary;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A bundle of a real network with weights set by hand: a text with the word {@code good} is
 * positive, one with {@code bad} is negative, each with a probability of e^4/(e^4+1).
 */
final class KeywordModel {
  private static final TextSettings TEXT =
      new TextSettings(TokenizerKind.SOCIAL, 10, 1, 100, Truncation.KEEP_HEAD);
  private static final float[] IDENTITY = {1, 0, 0, 1}; // [2, 2]

  private KeywordModel() {}

  /** Writes the bundle. */
  static void save(Path folder) {
    Vocabulary vocabulary = Vocabulary.build(TEXT, List.of("good", "bad"));
    NetworkSpec network = NetworkSpec.conv1d(2, 2, 1, Pooling.MAX, 0);
    ModelSpec spec =
        new ModelSpec("keywords", network, new Labels(List.of("negative", "positive")), TEXT);
    ModelBundle.create(
            spec, vocabulary, weights(vocabulary), Precision.F32, provenance(), List.of())
        .save(folder, "# keywords\n\nA model of two words, for tests.\n");
  }

  private static Weights weights(Vocabulary vocabulary) {
    float[] embedding = new float[vocabulary.size() * 2]; // [vocabulary, 2]
    embedding[vocabulary.id("bad") * 2] = 1;
    embedding[vocabulary.id("good") * 2 + 1] = 1;
    return Weights.of(
        List.of(
            new Tensor("embedding.weight", new int[] {vocabulary.size(), 2}, embedding),
            new Tensor("conv1d.kernel", new int[] {1, 2, 2}, IDENTITY),
            new Tensor("conv1d.bias", new int[] {2}, new float[2]),
            new Tensor("output.kernel", new int[] {2, 2}, new float[] {4, 0, 0, 4}),
            new Tensor("output.bias", new int[] {2}, new float[2])));
  }

  private static Provenance provenance() {
    return new Provenance(
        Instant.EPOCH,
        new Provenance.DataDescription(
            "none", "0".repeat(64), 2, new Provenance.SplitDescription(0, 0.1, 0.1, 2, 0, 0)),
        0,
        new Provenance.Versions("test", "none", "none", "none"),
        "weights set by hand",
        Map.of());
  }
}
