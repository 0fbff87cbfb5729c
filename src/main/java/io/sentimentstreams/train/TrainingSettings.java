package io.sentimentstreams.train;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.EmbeddingStart;
import io.sentimentstreams.model.NetworkSpec;
import io.sentimentstreams.model.Optimizer;
import io.sentimentstreams.text.TextSettings;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a model is trained: everything but the data that the result depends on. Made by a {@link
 * Builder}, which checks each setting by {@link TrainingFields}.
 *
 * @param network what is trained
 * @param text how text becomes token ids
 * @param batchSize texts of a training step
 * @param maximumEpochs most passes over the training texts; the learning rate's decay is planned
 *     over all of them
 * @param patience epochs in a row without a better one after which training ends
 * @param minimumChange by how much an epoch must be better than the one that patience counts from
 * @param optimizer makes steps of gradients
 * @param learningRate at its highest
 * @param schedule how the learning rate changes
 * @param embeddingStart what the embedding starts from
 * @param vectors file of word vectors that it starts from instead, see {@link VectorCoverage}; null
 *     for none
 * @param wordDropout share of the token ids replaced by the unknown word's in training
 * @param embeddingDropout share of the embedding values set to zero in training
 * @param outputDropout share of the text's features set to zero in training
 * @param labelSmoothing share of each label's probability spread evenly over all labels (Szegedy et
 *     al. 2016)
 * @param classWeighting how much each class counts in the loss
 * @param meanScale what pooled means are multiplied by while training, so that the network learns
 *     faster to use features that are small, as they are in long texts
 * @param l2 weight of the squared weights in the loss, embedding and biases left out
 * @param gradientNorm longest gradient of a layer (L2 norm), 0 for no limit
 * @param gradientValue largest size of each number of the gradient, 0 for no limit; not together
 *     with the former
 * @param averagingDecay decay per step of the moving average of the weights that is evaluated and
 *     kept (Polyak and Juditsky 1992), 0 for the weights themselves
 * @param ngrams most n-grams whose scores stand beside the network's, 0 for none
 * @param characterNgrams longest n-gram of characters that those scores are learned with, 0 for
 *     none
 * @param selection chooses the best epoch
 * @param seed of everything random: start weights, order, dropouts
 */
public record TrainingSettings(
    NetworkSpec network,
    TextSettings text,
    int batchSize,
    int maximumEpochs,
    int patience,
    double minimumChange,
    Optimizer optimizer,
    double learningRate,
    RateSchedule schedule,
    EmbeddingStart embeddingStart,
    @Nullable Path vectors,
    double wordDropout,
    double embeddingDropout,
    double outputDropout,
    double labelSmoothing,
    ClassWeighting classWeighting,
    double meanScale,
    double l2,
    double gradientNorm,
    double gradientValue,
    double averagingDecay,
    int ngrams,
    int characterNgrams,
    Selection selection,
    long seed) {
  public TrainingSettings {
    network.requireText(text);
    if (gradientNorm > 0 && gradientValue > 0) {
      throw new InvalidInputException(
          "training: gradient_norm is %s and gradient_value is %s, but only one can hold: set the other to 0"
              .formatted(gradientNorm, gradientValue));
    }
  }

  /** Settings that suit most data; a {@link Preset} changes some. */
  public static TrainingSettings defaults(NetworkSpec network, TextSettings text) {
    return new TrainingSettings(
        network,
        text,
        64,
        8,
        2,
        0,
        Optimizer.ADAM,
        1e-3,
        RateSchedule.of(Decay.LINEAR),
        EmbeddingStart.UNIFORM,
        null,
        0.1,
        0.3,
        0.3,
        0.1,
        ClassWeighting.byCount(0),
        1,
        0,
        1,
        0,
        0.99,
        0,
        0,
        Selection.LOSS,
        1);
  }

  /** A builder that starts from these settings. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Every setting but network, text and seed by name, in order, as a manifest holds them. */
  public Map<String, Object> describe() {
    return TrainingFields.describe(this);
  }

  /** Changes single settings; {@link #build} checks them. */
  public static final class Builder {
    private NetworkSpec network;
    private TextSettings text;
    private int batchSize;
    private int maximumEpochs;
    private int patience;
    private double minimumChange;
    private Optimizer optimizer;
    private double learningRate;
    private RateSchedule schedule;
    private EmbeddingStart embeddingStart;
    private @Nullable Path vectors;
    private double wordDropout;
    private double embeddingDropout;
    private double outputDropout;
    private double labelSmoothing;
    private ClassWeighting classWeighting;
    private double meanScale;
    private double l2;
    private double gradientNorm;
    private double gradientValue;
    private double averagingDecay;
    private int ngrams;
    private int characterNgrams;
    private Selection selection;
    private long seed;

    private Builder(TrainingSettings from) {
      network = from.network;
      text = from.text;
      batchSize = from.batchSize;
      maximumEpochs = from.maximumEpochs;
      patience = from.patience;
      minimumChange = from.minimumChange;
      optimizer = from.optimizer;
      learningRate = from.learningRate;
      schedule = from.schedule;
      embeddingStart = from.embeddingStart;
      vectors = from.vectors;
      wordDropout = from.wordDropout;
      embeddingDropout = from.embeddingDropout;
      outputDropout = from.outputDropout;
      labelSmoothing = from.labelSmoothing;
      classWeighting = from.classWeighting;
      meanScale = from.meanScale;
      l2 = from.l2;
      gradientNorm = from.gradientNorm;
      gradientValue = from.gradientValue;
      averagingDecay = from.averagingDecay;
      ngrams = from.ngrams;
      characterNgrams = from.characterNgrams;
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
    public Builder minimumChange(double value) {
      minimumChange = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder optimizer(Optimizer value) {
      optimizer = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder schedule(RateSchedule value) {
      schedule = value;
      return this;
    }

    RateSchedule schedule() {
      return schedule;
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
    public Builder vectors(@Nullable Path value) {
      vectors = value;
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
    public Builder classWeighting(ClassWeighting value) {
      classWeighting = value;
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

    /** The longest gradient, in place of a largest number if above 0. */
    @CanIgnoreReturnValue
    public Builder gradientNorm(double value) {
      gradientNorm = value;
      gradientValue = value > 0 ? 0 : gradientValue;
      return this;
    }

    /** The largest number of a gradient, in place of a longest gradient if above 0. */
    @CanIgnoreReturnValue
    public Builder gradientValue(double value) {
      gradientValue = value;
      gradientNorm = value > 0 ? 0 : gradientNorm;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder averagingDecay(double value) {
      averagingDecay = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder ngrams(int value) {
      ngrams = value;
      return this;
    }

    @CanIgnoreReturnValue
    public Builder characterNgrams(int value) {
      characterNgrams = value;
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
      TrainingSettings settings =
          new TrainingSettings(
              network,
              text,
              batchSize,
              maximumEpochs,
              patience,
              minimumChange,
              optimizer,
              learningRate,
              schedule,
              embeddingStart,
              vectors,
              wordDropout,
              embeddingDropout,
              outputDropout,
              labelSmoothing,
              classWeighting,
              meanScale,
              l2,
              gradientNorm,
              gradientValue,
              averagingDecay,
              ngrams,
              characterNgrams,
              selection,
              seed);
      TrainingFields.require(settings);
      return settings;
    }
  }
}
