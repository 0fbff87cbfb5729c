package io.sentimentstreams.model;

/** Where inference runs. */
public enum Device {
  /** The GPU where the build has the CUDA backend and the machine a GPU, else the CPU. */
  AUTO,
  CPU,
  /** The GPU, or a clear failure. */
  CUDA
}
