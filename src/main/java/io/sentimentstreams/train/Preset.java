package io.sentimentstreams.train;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.NetworkSpec;
import io.sentimentstreams.model.Pooling;
import io.sentimentstreams.text.TextSettings;
import io.sentimentstreams.text.TokenizerKind;
import io.sentimentstreams.text.Truncation;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Training settings that have proved themselves; the shipped models are trained with them. */
public enum Preset {
  /** Tweets and other short messages, read in both directions. */
  TWEETS_BILSTM(
      new NetworkSpec.BiLstm(128, 64, Pooling.MAX_AND_MEAN),
      tweets(),
      new Rates(5, 2, 2e-3, 0.3, 0.3, 0.5)),
  /** Tweets and other short messages, by phrases of three tokens; faster. */
  TWEETS_CONV1D(
      new NetworkSpec.Conv1d(128, 128, 3, Pooling.MAX_AND_MEAN, 0),
      tweets(),
      new Rates(8, 3, 1e-3, 0.3, 0.3, 0.5)),
  /** Reviews and other prose, read in both directions; slow to train. */
  REVIEWS_BILSTM(
      new NetworkSpec.BiLstm(128, 64, Pooling.MAX_AND_MEAN),
      reviews(240),
      new Rates(4, 1, 2e-3, 0.3, 0.3, 0)),
  /** Reviews and other prose, by phrases of three tokens; faster, and longer texts. */
  REVIEWS_CONV1D(
      new NetworkSpec.Conv1d(128, 128, 3, Pooling.MAX_AND_MEAN, 0),
      reviews(400),
      new Rates(8, 2, 2e-3, 0.3, 0.3, 0));

  private static final int BATCH_SIZE = 64;
  private static final double WORD_DROPOUT = 0.1;
  private static final double LABEL_SMOOTHING = 0.1;
  private static final double GRADIENT_NORM = 1;
  private static final double AVERAGING_DECAY = 0.99;

  private final TrainingSettings settings;

  /** What differs between the presets; see {@link TrainingSettings}. */
  private record Rates(
      int maximumEpochs,
      int patience,
      double learningRate,
      double embeddingDropout,
      double outputDropout,
      double classWeightExponent) {}

  Preset(NetworkSpec network, TextSettings text, Rates rates) {
    settings =
        new TrainingSettings(
            network,
            text,
            BATCH_SIZE,
            rates.maximumEpochs(),
            rates.patience(),
            rates.learningRate(),
            WORD_DROPOUT,
            rates.embeddingDropout(),
            rates.outputDropout(),
            LABEL_SMOOTHING,
            rates.classWeightExponent(),
            0,
            GRADIENT_NORM,
            AVERAGING_DECAY,
            Selection.LOSS,
            1);
  }

  private static TextSettings tweets() {
    return new TextSettings(TokenizerKind.SOCIAL, 30_000, 2, 64, Truncation.KEEP_HEAD);
  }

  private static TextSettings reviews(int maximumTokens) {
    return new TextSettings(
        TokenizerKind.PROSE, 30_000, 2, maximumTokens, Truncation.KEEP_BOTH_ENDS);
  }

  /** The settings. */
  public TrainingSettings settings() {
    return settings;
  }

  /** The name on the command line, such as {@code tweets-bilstm}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The preset of that name.
   *
   * @throws InvalidInputException where there is none
   */
  public static Preset of(String id) {
    return Arrays.stream(values())
        .filter(preset -> preset.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "preset \"%s\" does not exist; there are %s".formatted(id, ids())));
  }

  private static String ids() {
    return Arrays.stream(values()).map(Preset::id).collect(Collectors.joining(", "));
  }
}
