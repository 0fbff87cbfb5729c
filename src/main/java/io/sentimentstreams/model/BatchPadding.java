package io.sentimentstreams.model;

import java.util.List;
import java.util.stream.IntStream;

/** How a call's texts become batches of one length. */
enum BatchPadding {
  /** Batches of texts that are about as long. */
  BUCKETS {
    @Override
    List<int[]> batches(int[] lengths, BatchLimits limits) {
      return LengthBuckets.divide(lengths, limits.rows(), limits.tokens(), limits.overheadRows());
    }
  },
  /** One batch, padded to the longest: what a program does that hands its texts to a library. */
  LONGEST {
    @Override
    List<int[]> batches(int[] lengths, BatchLimits limits) {
      return lengths.length == 0
          ? List.of()
          : List.of(IntStream.range(0, lengths.length).toArray());
    }
  };

  /** Batches of indices into {@code lengths}, each index in exactly one. */
  abstract List<int[]> batches(int[] lengths, BatchLimits limits);
}
