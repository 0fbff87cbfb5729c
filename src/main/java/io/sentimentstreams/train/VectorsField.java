package io.sentimentstreams.train;

import io.sentimentstreams.yaml.YamlFields;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The file of pre-trained vectors as a {@link TrainingField}. */
final class VectorsField {
  private static final String NONE = "none";

  private VectorsField() {}

  static TrainingField of() {
    return new TrainingField(
        VectorCoverage.FILE,
        VectorCoverage.FILE,
        "FILE",
        List.of(),
        "Word vectors that the embedding starts from: GloVe or word2vec as text, gzip or not; none"
            + " for none. Where --network FILE names them, relative to that file.",
        VectorsField::read,
        settings ->
            Optional.ofNullable(settings.vectors()).map(file -> file.getFileName().toString()),
        settings -> Optional.empty());
  }

  private static void read(YamlFields fields, String key, TrainingSettings.Builder builder) {
    String file = fields.text(key);
    if (file == null || file.isBlank()) {
      throw fields.error(fields.node(key), "%s is empty, but must be a file".formatted(key));
    }
    builder.vectors(file.equals(NONE) ? null : Path.of(file));
  }
}
