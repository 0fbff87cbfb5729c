package io.sentimentstreams.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.model.ModelSpec;
import io.sentimentstreams.model.NetworkSpec;
import io.sentimentstreams.model.Precision;
import io.sentimentstreams.model.Provenance;
import io.sentimentstreams.model.Weights;
import io.sentimentstreams.text.TextSettings;
import io.sentimentstreams.text.TokenizerKind;
import io.sentimentstreams.text.Truncation;
import io.sentimentstreams.text.Vocabulary;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Models in memory with random weights: speed depends on shapes and lengths alone. */
final class RandomModel {
  private static final Labels LABELS = new Labels(List.of("negative", "neutral", "positive"));

  private RandomModel() {}

  /**
   * A model of three labels.
   *
   * @param name the model's
   * @param vocabularySize token ids, those for padding and unknown tokens included; at least 3
   */
  static ModelBundle of(String name, NetworkSpec network, int vocabularySize, long seed) {
    TextSettings text =
        new TextSettings(
            TokenizerKind.SOCIAL,
            vocabularySize,
            1,
            TextSettings.MAXIMUM_TOKENS,
            Truncation.KEEP_HEAD);
    return ModelBundle.create(
        new ModelSpec(name, network, LABELS, text),
        vocabulary(vocabularySize),
        Weights.random(network, vocabularySize, LABELS.size(), seed),
        Precision.F32,
        provenance(seed),
        List.of());
  }

  private static Vocabulary vocabulary(int size) {
    StringBuilder lines = new StringBuilder("<pad>\n<unk>\n");
    for (int id = 2; id < size; id++) {
      lines.append("word").append(id).append('\n');
    }
    return Vocabulary.parse(Path.of("random"), lines.toString().getBytes(UTF_8));
  }

  private static Provenance provenance(long seed) {
    return new Provenance(
        Instant.EPOCH,
        new Provenance.DataDescription(
            "none: the weights are random",
            "0".repeat(64),
            1,
            new Provenance.SplitDescription(seed, 0, 0, 0, 0, 0)),
        seed,
        new Provenance.Versions("none", "none", "none", "none"),
        "none",
        Map.of());
  }
}
