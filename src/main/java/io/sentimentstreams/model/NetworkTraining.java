package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import java.util.List;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * What a network needs to be trained and not to be used: none of it changes the network's function.
 *
 * @param optimizer makes steps of gradients
 * @param learningRate by iteration
 * @param embeddingStart what the embedding starts from
 * @param embeddingDropout share of each embedding value set to zero in training, 0 to below 1
 * @param outputDropout share of the pooled (or hidden) features set to zero in training, 0 to below
 *     1
 * @param meanScale what the means of {@link Pooling#MAX_AND_MEAN} are multiplied by while training;
 *     the weights of a bundle make up for it. Adam's steps are about equal for all weights, so this
 *     is how fast the network learns to use features that are small
 * @param l2 weight of the squared weights in the loss, embedding and biases left out
 * @param gradientNorm longest gradient of a layer (L2 norm), 0 for no limit
 * @param gradientValue largest size of each number of the gradient, 0 for no limit; means nothing
 *     where there is a longest gradient
 * @param classWeights weight of each class in the loss, in label order; empty for 1 each
 */
public record NetworkTraining(
    Optimizer optimizer,
    ISchedule learningRate,
    EmbeddingStart embeddingStart,
    double embeddingDropout,
    double outputDropout,
    double meanScale,
    double l2,
    double gradientNorm,
    double gradientValue,
    List<Double> classWeights) {
  public NetworkTraining {
    classWeights = List.copyOf(classWeights);
    requireShare("embeddingDropout", embeddingDropout);
    requireShare("outputDropout", outputDropout);
    if (!(meanScale > 0 && Double.isFinite(meanScale))) {
      throw new InvalidInputException(
          "training: meanScale is %s, but must be above 0".formatted(meanScale));
    }
    requireNotNegative("l2", l2);
    requireNotNegative("gradientNorm", gradientNorm);
    requireNotNegative("gradientValue", gradientValue);
  }

  /** Training by Adam, from Keras' start, without a limit to each number of the gradient. */
  public NetworkTraining(
      ISchedule learningRate,
      double embeddingDropout,
      double outputDropout,
      double meanScale,
      double l2,
      double gradientNorm,
      List<Double> classWeights) {
    this(
        Optimizer.ADAM,
        learningRate,
        EmbeddingStart.UNIFORM,
        embeddingDropout,
        outputDropout,
        meanScale,
        l2,
        gradientNorm,
        0,
        classWeights);
  }

  private static void requireShare(String field, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new InvalidInputException(
          "training: %s is %s, but must be at least 0 and below 1".formatted(field, value));
    }
  }

  private static void requireNotNegative(String field, double value) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new InvalidInputException(
          "training: %s is %s, but must be 0 or more".formatted(field, value));
    }
  }
}
