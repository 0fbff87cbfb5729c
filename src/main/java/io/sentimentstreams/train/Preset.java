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
  TWEETS_BILSTM,
  /** Tweets and other short messages, by phrases of three tokens; faster. */
  TWEETS_CONV1D,
  /** Reviews and other prose, read in both directions; slow to train. */
  REVIEWS_BILSTM,
  /** Reviews and other prose, by phrases of three tokens; faster, and longer texts. */
  REVIEWS_CONV1D;

  private static final NetworkSpec BILSTM = NetworkSpec.biLstm(128, 64, Pooling.MAX_AND_MEAN);
  private static final NetworkSpec CONV1D =
      NetworkSpec.conv1d(128, 128, 3, Pooling.MAX_AND_MEAN, 0);

  /** The settings. */
  public TrainingSettings settings() {
    return switch (this) {
      case TWEETS_BILSTM ->
          start(BILSTM, tweets())
              .maximumEpochs(5)
              .patience(2)
              .learningRate(2e-3)
              .classWeightExponent(0.5)
              .build();
      case TWEETS_CONV1D ->
          start(CONV1D, tweets())
              .maximumEpochs(6)
              .patience(2)
              .learningRate(2e-3)
              .classWeightExponent(0.5)
              .build();
      case REVIEWS_BILSTM ->
          start(BILSTM, reviews(300))
              .maximumEpochs(5)
              .patience(2)
              .learningRate(2e-3)
              .meanScale(4)
              .build();
      case REVIEWS_CONV1D ->
          start(CONV1D, reviews(400))
              .maximumEpochs(4)
              .patience(2)
              .learningRate(2e-3)
              .wordDropout(0.2)
              .embeddingDropout(0.5)
              .meanScale(4)
              .build();
    };
  }

  private static TrainingSettings.Builder start(NetworkSpec network, TextSettings text) {
    return TrainingSettings.defaults(network, text).toBuilder();
  }

  private static TextSettings tweets() {
    return new TextSettings(TokenizerKind.SOCIAL, 30_000, 2, 64, Truncation.KEEP_HEAD);
  }

  private static TextSettings reviews(int maximumTokens) {
    return new TextSettings(
        TokenizerKind.PROSE, 30_000, 2, maximumTokens, Truncation.KEEP_BOTH_ENDS);
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
