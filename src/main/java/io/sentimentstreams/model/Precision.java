package io.sentimentstreams.model;

/** How a weights file stores its numbers. Computation is in 32 bits either way. */
public enum Precision {
  /** 32 bits, exact. */
  F32,
  /** 16 bits (IEEE 754 half), rounded to nearest even: half the size, 11 significant bits. */
  F16
}
