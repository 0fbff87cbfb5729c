package io.sentimentstreams.model;

/** Whether a library of the build can compute on a GPU here. */
enum GpuSupport {
  /** The build has the library without its GPU part, or not at all. */
  NOT_BUILT,
  /** The GPU part is built in, but finds no GPU or no driver. */
  NO_GPU,
  READY
}
