package io.sentimentstreams.letters;

/**
 * Where a letter is in the dead-letter topic.
 *
 * @param partition 0 or more
 * @param offset 0 or more
 */
public record LetterId(int partition, long offset) {
  /** {@code 2:17}. */
  @Override
  public String toString() {
    return partition + ":" + offset;
  }
}
