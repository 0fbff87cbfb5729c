package io.sentimentstreams.model;

import io.sentimentstreams.layers.BlockAdam;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.weights.WeightInit;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.schedule.ISchedule;

/** What all layers of a Deeplearning4j graph have in common. */
final class NetworkDefaults {
  private static final double RMS_DECAY = 0.9;
  private static final double RMS_EPSILON = 1e-7;

  private NetworkDefaults() {}

  /**
   * The start of a graph.
   *
   * @param training null for a graph that is only to compute
   * @param masked whether it is this project's layers, for the CPU
   */
  static ComputationGraphConfiguration.GraphBuilder of(
      @Nullable NetworkTraining training, long seed, boolean masked) {
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder().seed(seed).weightInit(WeightInit.XAVIER_UNIFORM);
    if (training == null) {
      return builder.updater(new NoOp()).graphBuilder();
    }
    if (training.l2() > 0) {
      builder.l2(training.l2());
    }
    if (training.gradientNorm() > 0) {
      builder
          .gradientNormalization(GradientNormalization.ClipL2PerLayer)
          .gradientNormalizationThreshold(training.gradientNorm());
    } else if (training.gradientValue() > 0) {
      builder
          .gradientNormalization(GradientNormalization.ClipElementWiseAbsoluteValue)
          .gradientNormalizationThreshold(training.gradientValue());
    }
    return builder.updater(updater(training, masked)).graphBuilder();
  }

  private static IUpdater updater(NetworkTraining training, boolean masked) {
    return switch (training.optimizer()) {
      case ADAM ->
          masked ? new BlockAdam(training.learningRate()) : new Adam(training.learningRate());
      case RMSPROP -> rmsProp(training.learningRate());
    };
  }

  private static RmsProp rmsProp(ISchedule learningRate) {
    RmsProp updater = new RmsProp(learningRate.valueAt(0, 0), RMS_DECAY, RMS_EPSILON);
    updater.setLearningRateSchedule(learningRate);
    return updater;
  }
}
