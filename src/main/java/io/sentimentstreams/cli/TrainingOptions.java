package io.sentimentstreams.cli;

import static java.util.Objects.requireNonNullElse;

import io.sentimentstreams.text.TextSettings;
import io.sentimentstreams.train.Preset;
import io.sentimentstreams.train.TrainingSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A preset and what differs from it. */
final class TrainingOptions {
  @SuppressWarnings("NullAway.Init") // picocli sets it: it is required
  @Option(
      names = "--preset",
      required = true,
      paramLabel = "NAME",
      description =
          "Network and settings: tweets-bilstm, tweets-conv1d, reviews-bilstm or"
              + " reviews-conv1d.")
  private String preset;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "Seed of the split and the training; the same seed gives the same model (default:"
              + " ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Most passes over the texts (default of this and below: the preset's).")
  private @Nullable Integer epochs;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "Epochs without a better one before training ends.")
  private @Nullable Integer patience;

  @Option(names = "--batch-size", paramLabel = "N", description = "Texts of a training step.")
  private @Nullable Integer batchSize;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = "Learning rate at the start.")
  private @Nullable Double learningRate;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "Most tokens of a text that the network reads.")
  private @Nullable Integer maximumTokens;

  @Option(
      names = "--vocabulary",
      paramLabel = "N",
      description = "Most different tokens that the network knows.")
  private @Nullable Integer vocabularySize;

  /** The preset's settings with those given in their place. */
  TrainingSettings settings() {
    TrainingSettings base = Preset.of(preset).settings();
    return base.toBuilder()
        .text(text(base.text()))
        .seed(seed)
        .maximumEpochs(requireNonNullElse(epochs, base.maximumEpochs()))
        .patience(requireNonNullElse(patience, base.patience()))
        .batchSize(requireNonNullElse(batchSize, base.batchSize()))
        .learningRate(requireNonNullElse(learningRate, base.learningRate()))
        .build();
  }

  private TextSettings text(TextSettings base) {
    return new TextSettings(
        base.tokenizer(),
        requireNonNullElse(vocabularySize, base.vocabularySize()),
        base.minimumCount(),
        requireNonNullElse(maximumTokens, base.maximumTokens()),
        base.truncation());
  }
}
