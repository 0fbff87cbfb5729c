package io.sentimentstreams.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Union-find over indexes from 0, with path halving; the root of a family is its least index. */
final class Kinship {
  private final int[] parents; // [size]

  Kinship(int size) {
    parents = IntStream.range(0, size).toArray();
  }

  void unite(int a, int b) {
    int rootA = root(a);
    int rootB = root(b);
    parents[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
  }

  private int root(int index) {
    int root = index;
    while (parents[root] != root) {
      parents[root] = parents[parents[root]];
      root = parents[root];
    }
    return root;
  }

  /** The families by their least index, each in ascending order. */
  List<List<Integer>> families() {
    TreeMap<Integer, List<Integer>> families = new TreeMap<>();
    for (int i = 0; i < parents.length; i++) {
      families.computeIfAbsent(root(i), key -> new ArrayList<>()).add(i);
    }
    return new ArrayList<>(families.values());
  }
}
