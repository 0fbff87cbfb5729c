package io.sentimentstreams.stream;

import io.sentimentstreams.batch.JoinPolicy;
import io.sentimentstreams.model.Device;

/**
 * How the threads of the stream share a model.
 *
 * @param join whether they share its calls
 * @param policy how far, where they do
 */
public record StageSettings(StageJoin join, JoinPolicy policy) {

  /** Whether calls are joined, where a GPU computes or not. */
  boolean joins(boolean onGpu) {
    return switch (join) {
      case AUTO -> onGpu;
      case ALWAYS -> true;
      case NEVER -> false;
    };
  }

  /**
   * How many calls of a model may run at the same time, as far as can be told before it is loaded:
   * 1 where calls are sure to be joined, else one a thread.
   */
  int parallelism(Device device, int threads) {
    return joins(device.kind() == Device.Kind.CUDA) ? 1 : threads;
  }
}
