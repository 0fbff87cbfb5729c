package io.sentimentstreams.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** Cuts examples into batches of similar length, so that little of a batch is padding. */
final class Batches {
  /** Batches whose examples are sorted together: more of them mean less padding, less chance. */
  private static final int POOL = 50;

  private Batches() {}

  /**
   * Shuffled batches: the examples in random order, sorted by length within pools, cut, and the
   * batches in random order.
   *
   * @param random the same state gives the same batches
   */
  static List<List<Example>> shuffled(
      List<Example> examples, int batchSize, RandomGenerator random) {
    List<Example> order = new ArrayList<>(examples);
    shuffle(order, random);
    List<List<Example>> batches = new ArrayList<>();
    int pool = Math.multiplyExact(batchSize, POOL);
    for (int from = 0; from < order.size(); from += pool) {
      int to = Math.min(from + pool, order.size());
      batches.addAll(sorted(order.subList(from, to), batchSize));
    }
    shuffle(batches, random);
    return batches;
  }

  /** Batches by rising length. */
  static List<List<Example>> sorted(List<Example> examples, int batchSize) {
    List<Example> order = new ArrayList<>(examples);
    order.sort(Comparator.comparingInt(example -> example.ids().length));
    List<List<Example>> batches = new ArrayList<>();
    for (int from = 0; from < order.size(); from += batchSize) {
      batches.add(List.copyOf(order.subList(from, Math.min(from + batchSize, order.size()))));
    }
    return batches;
  }

  /** Fisher and Yates' shuffle. */
  private static void shuffle(List<?> list, RandomGenerator random) {
    for (int i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, random.nextInt(i + 1));
    }
  }
}
