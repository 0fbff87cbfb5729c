package io.sentimentstreams.audit;

import static java.util.Comparator.comparing;

import java.util.Comparator;

/** A partition of a topic; {@code tweets-3} as text, as Kafka writes it. */
public record Partition(String topic, int number) implements Comparable<Partition> {
  private static final Comparator<Partition> ORDER =
      comparing(Partition::topic).thenComparing(Partition::number);

  @Override
  public int compareTo(Partition other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return topic + "-" + number;
  }
}
