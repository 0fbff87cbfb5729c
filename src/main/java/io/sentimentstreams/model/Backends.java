package io.sentimentstreams.model;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses what computes a model. */
public final class Backends {
  private static final Logger LOG = LoggerFactory.getLogger(Backends.class);

  private Backends() {}

  /**
   * A backend that has the bundle's network and weights.
   *
   * @param parallelism calls that may compute at the same time, at least 1; memory grows with it
   * @throws io.sentimentstreams.InvalidInputException where the device is missing
   */
  public static InferenceBackend open(ModelBundle bundle, Device device, int parallelism) {
    InferenceBackend backend = new Dl4jBackend(bundle, Nd4jDevice.start(device), parallelism);
    LOG.info(
        "model {}: computed by {} on {} (asked for: {}; {} at a time)",
        bundle.name(),
        backend.name(),
        backend.device(),
        device,
        parallelism);
    return backend;
  }
}
