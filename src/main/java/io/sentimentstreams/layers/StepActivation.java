package io.sentimentstreams.layers;

import io.sentimentstreams.kernel.Tanh;
import io.sentimentstreams.kernel.VectorLoops;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** Activations on arrays, of which a backward pass needs the outputs only. */
enum StepActivation {
  LINEAR {
    @Override
    void apply(float[] values, int n) {
      // They stay.
    }

    @Override
    void backward(float[] loss, float[] outputs, int n) {
      // It stays.
    }
  },
  RELU {
    @Override
    void apply(float[] values, int n) {
      VectorLoops.relu(values, n);
    }

    @Override
    void backward(float[] loss, float[] outputs, int n) {
      reluLoss(loss, outputs, n);
    }
  },
  TANH {
    @Override
    void apply(float[] values, int n) {
      VectorLoops.tanh(values, values, n);
    }

    @Override
    void backward(float[] loss, float[] outputs, int n) {
      RecurrentLoops.tanhLoss(loss, outputs, loss, n);
    }
  },
  SIGMOID {
    @Override
    void apply(float[] values, int n) {
      sigmoid(values, n);
    }

    @Override
    void backward(float[] loss, float[] outputs, int n) {
      sigmoidLoss(loss, outputs, n);
    }
  };

  /** Applies it to the first {@code n} values. */
  abstract void apply(float[] values, int n);

  /** Makes the loss by the outputs that by the sums. */
  abstract void backward(float[] loss, float[] outputs, int n);

  /** The one that is Deeplearning4j's. */
  static StepActivation of(IActivation activation) {
    if (activation instanceof ActivationReLU) {
      return RELU;
    }
    if (activation instanceof ActivationIdentity) {
      return LINEAR;
    }
    if (activation instanceof ActivationTanH) {
      return TANH;
    }
    if (activation instanceof ActivationSigmoid) {
      return SIGMOID;
    }
    throw new IllegalArgumentException(
        "activation is %s, but must be relu, identity, tanh or sigmoid".formatted(activation));
  }

  private static void reluLoss(float[] loss, float[] outputs, int n) {
    for (int i = 0; i < n; i++) {
      loss[i] *= Math.signum(outputs[i]);
    }
  }

  private static void sigmoid(float[] values, int n) {
    for (int i = 0; i < n; i++) {
      values[i] = 0.5f * Tanh.of(0.5f * values[i]) + 0.5f;
    }
  }

  private static void sigmoidLoss(float[] loss, float[] outputs, int n) {
    for (int i = 0; i < n; i++) {
      loss[i] *= outputs[i] * (1 - outputs[i]);
    }
  }
}
