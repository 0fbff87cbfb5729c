package io.sentimentstreams.audit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the first outputs of the latest events are, so that a second one can be told with the
 * first. Of the offsets that are equal modulo {@value #PLACES} the last one given is kept.
 */
final class FirstPlaces {
  static final int PLACES = 1 << 12;

  private final long[] offsets = new long[PLACES];
  private final @Nullable Partition[] outputs = new @Nullable Partition[PLACES];
  private final long[] outputOffsets = new long[PLACES];

  FirstPlaces() {
    Arrays.fill(offsets, -1);
  }

  /** The first output of an event. */
  void put(long offset, Partition output, long outputOffset) {
    int place = (int) (offset % PLACES);
    offsets[place] = offset;
    outputs[place] = output;
    outputOffsets[place] = outputOffset;
  }

  /** As text, such as {@code tweets.sentiment-0@17}; null where it is no longer known. */
  @Nullable String of(long offset) {
    int place = (int) (offset % PLACES);
    return offsets[place] == offset ? outputs[place] + "@" + outputOffsets[place] : null;
  }
}
