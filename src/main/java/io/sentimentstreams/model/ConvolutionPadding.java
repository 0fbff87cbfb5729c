package io.sentimentstreams.model;

/** Where a convolution's windows may lie; as Keras. */
public enum ConvolutionPadding {
  /** Around every token, zeros beyond the ends: as many outputs as tokens. */
  SAME,
  /** Within the text: {@code width - 1} outputs less. */
  VALID
}
