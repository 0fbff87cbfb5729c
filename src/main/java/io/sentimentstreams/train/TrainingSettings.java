package io.sentimentstreams.train;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.EmbeddingStart;
import io.sentimentstreams.model.NetworkSpec;
import io.sentimentstreams.model.Optimizer;
import io.sentimentstreams.text.TextSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How a model is trained: everything but the data that the result depends on.
 *
 * @param network what is trained
 * @param text how text becomes token ids
 * @param batchSize texts of a training step
 * @param maximumEpochs most passes over the training texts; the learning rate's decay is planned
 *     over all of them
 * @param patience epochs in a row without a better one after which training ends
 * @param optimizer makes steps of gradients
 * @param learningRate at its highest
 * @param decay how the learning rate changes
 * @param embeddingStart what the embedding starts from
 * @param wordDropout share of the token ids replaced by the unknown word's in training
 * @param embeddingDropout share of the embedding values set to zero in training
 * @param outputDropout share of the text's features set to zero in training
 * @param labelSmoothing share of each label's probability spread evenly over all labels (Szegedy et
 *     al. 2016)
 * @param classWeightExponent 0 weights all classes alike, 1 in inverse proportion to their counts;
 *     values between are powers of those weights
 * @param meanScale what pooled means are multiplied by while training, so that the network learns
 *     faster to use features that are small, as they are in long texts
 * @param l2 weight of the squared weights in the loss, embedding and biases left out
 * @param gradientNorm longest gradient of a layer (L2 norm), 0 for no limit
 * @param averagingDecay decay per step of the moving average of the weights that is evaluated and
 *     kept (Polyak and Juditsky 1992), 0 for the weights themselves
 * @param selection chooses the best epoch
 * @param seed of everything random: start weights, order, dropouts
 */
public record TrainingSettings(
    NetworkSpec network,
    TextSettings text,
    int batchSize,
    int maximumEpochs,
    int patience,
    Optimizer optimizer,
    double learningRate,
    Decay decay,
    EmbeddingStart embeddingStart,
    double wordDropout,
    double embeddingDropout,
    double outputDropout,
    double labelSmoothing,
    double classWeightExponent,
    double meanScale,
    double l2,
    double gradientNorm,
    double averagingDecay,
    Selection selection,
    long seed) {
  public TrainingSettings {
    network.requireText(text);
    requireAtLeastOne("batchSize", batchSize);
    requireAtLeastOne("maximumEpochs", maximumEpochs);
    requireAtLeastOne("patience", patience);
    if (!(learningRate > 0 && Double.isFinite(learningRate))) {
      throw invalid("learningRate", learningRate, "above 0");
    }
    requireShare("wordDropout", wordDropout);
    requireShare("embeddingDropout", embeddingDropout);
    requireShare("outputDropout", outputDropout);
    requireShare("labelSmoothing", labelSmoothing);
    requireNotNegative("classWeightExponent", classWeightExponent);
    if (!(meanScale > 0 && Double.isFinite(meanScale))) {
      throw invalid("meanScale", meanScale, "above 0");
    }
    requireNotNegative("l2", l2);
    requireNotNegative("gradientNorm", gradientNorm);
    requireShare("averagingDecay", averagingDecay);
  }

  /** Settings that suit most data; a {@link Preset} changes some. */
  public static TrainingSettings defaults(NetworkSpec network, TextSettings text) {
    return new TrainingSettings(
        network,
        text,
        64,
        8,
        2,
        Optimizer.ADAM,
        1e-3,
        Decay.LINEAR,
        EmbeddingStart.UNIFORM,
        0.1,
        0.3,
        0.3,
        0.1,
        0,
        1,
        0,
        1,
        0.99,
        Selection.LOSS,
        1);
  }

  /** A builder that starts from these settings. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Every setting but network, text and seed by name, in order, as a manifest holds them. */
  public Map<String, Object> describe() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("batchSize", batchSize);
    settings.put("maximumEpochs", maximumEpochs);
    settings.put("patience", patience);
    settings.put("optimizer", optimizer.name().toLowerCase(Locale.ROOT));
    settings.put("learningRate", learningRate);
    settings.put("decay", decay.name().toLowerCase(Locale.ROOT));
    settings.put("embeddingStart", embeddingStart.name().toLowerCase(Locale.ROOT));
    settings.put("wordDropout", wordDropout);
    settings.put("embeddingDropout", embeddingDropout);
    settings.put("outputDropout", outputDropout);
    settings.put("labelSmoothing", labelSmoothing);
    settings.put("classWeightExponent", classWeightExponent);
    settings.put("meanScale", meanScale);
    settings.put("l2", l2);
    settings.put("gradientNorm", gradientNorm);
    settings.put("averagingDecay", averagingDecay);
    settings.put("selection", selection.name().toLowerCase(Locale.ROOT));
    return Collections.unmodifiableMap(settings);
  }

  private static void requireAtLeastOne(String field, int value) {
    if (value < 1) {
      throw invalid(field, value, "at least 1");
    }
  }

  private static void requireShare(String field, double value) {
    if (!(value >= 0 && value < 1)) {
      throw invalid(field, value, "at least 0 and below 1");
    }
  }

  private static void requireNotNegative(String field, double value) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw invalid(field, value, "0 or more");
    }
  }

  private static InvalidInputException invalid(String field, Object value, String remedy) {
    return new InvalidInputException(
        "training: %s is %s, but must be %s".formatted(field, value, remedy));
  }

  /** Changes single settings; {@link #build} checks them. */
  public static final class Builder {
    private NetworkSpec network;
    private TextSettings text;
    private int batchSize;
    private int maximumEpochs;
    private int patience;
    private Optimizer optimizer;
    private double learningRate;
    private Decay decay;
    private EmbeddingStart embeddingStart;
    private double wordDropout;
    private double embeddingDropout;
    private double outputDropout;
    private double labelSmoothing;
    private double classWeightExponent;
    private double meanScale;
    private double l2;
    private double gradientNorm;
    private double averagingDecay;
    private Selection selection;
    private long seed;

    private Builder(TrainingSettings from) {
      network = from.network;
      text = from.text;
      batchSize = from.batchSize;
      maximumEpochs = from.maximumEpochs;
      patience = from.patience;
      optimizer = from.optimizer;
      learningRate = from.learningRate;
      decay = from.decay;
      embeddingStart = from.embeddingStart;
      wordDropout = from.wordDropout;
      embeddingDropout = from.embeddingDropout;
      outputDropout = from.outputDropout;
      labelSmoothing = from.labelSmoothing;
      classWeightExponent = from.classWeightExponent;
      meanScale = from.meanScale;
      l2 = from.l2;
      gradientNorm = from.gradientNorm;
      averagingDecay = from.averagingDecay;
      selection = from.selection;
      seed = from.seed;
    }

    @CanIgnoreReturnValue
    public Builder network(NetworkSpec value) {
      network = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder text(TextSettings value) {
      text = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder batchSize(int value) {
      batchSize = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder maximumEpochs(int value) {
      maximumEpochs = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder patience(int value) {
      patience = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder optimizer(Optimizer value) {
      optimizer = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder decay(Decay value) {
      decay = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder learningRate(double value) {
      learningRate = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder embeddingStart(EmbeddingStart value) {
      embeddingStart = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder wordDropout(double value) {
      wordDropout = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder embeddingDropout(double value) {
      embeddingDropout = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder outputDropout(double value) {
      outputDropout = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder labelSmoothing(double value) {
      labelSmoothing = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder classWeightExponent(double value) {
      classWeightExponent = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder meanScale(double value) {
      meanScale = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder l2(double value) {
      l2 = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder gradientNorm(double value) {
      gradientNorm = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder averagingDecay(double value) {
      averagingDecay = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder selection(Selection value) {
      selection = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /**
     * The settings.
     *
     * @throws InvalidInputException where one is out of range
     */
    public TrainingSettings build() {
      return new TrainingSettings(
          network,
          text,
          batchSize,
          maximumEpochs,
          patience,
          optimizer,
          learningRate,
          decay,
          embeddingStart,
          wordDropout,
          embeddingDropout,
          outputDropout,
          labelSmoothing,
          classWeightExponent,
          meanScale,
          l2,
          gradientNorm,
          averagingDecay,
          selection,
          seed);
    }
  }
}
