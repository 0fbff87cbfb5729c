package io.sentimentstreams.bench;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.model.NetworkSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A model that is measured.
 *
 * @param bundle its network and weights, in memory
 * @param readMillis how long reading it took, 0 where it was made in memory
 */
public record Subject(ModelBundle bundle, double readMillis) {

  /**
   * Reads a model's folder.
   *
   * @param nanos the clock, as {@link System#nanoTime}
   * @throws InvalidInputException where it is missing or damaged
   */
  public static Subject read(Path folder, LongSupplier nanos) {
    long began = nanos.getAsLong();
    ModelBundle bundle = ModelBundle.load(folder);
    return new Subject(bundle, Spread.rounded((nanos.getAsLong() - began) / 1e6, 1));
  }

  /**
   * A network with random weights in memory.
   *
   * @param vocabularySize token ids, those for padding and unknown tokens included
   * @throws InvalidInputException where the vocabulary is too small or too large
   */
  public static Subject random(NetworkSpec network, int vocabularySize, long seed) {
    return new Subject(
        RandomModel.of("random-" + network.code(), network, vocabularySize, seed), 0);
  }

  /** The network's kind, as in a bundle's manifest. */
  String network() {
    return spec().code();
  }

  NetworkSpec spec() {
    return bundle.manifest().model().network();
  }

  int labels() {
    return bundle.manifest().model().labels().size();
  }

  /**
   * Multiply-adds of the defined network for a text, the mean.
   *
   * @param texts token ids, [time] each; at least one
   */
  double multiplyAdds(List<int[]> texts) {
    return texts.stream()
        .mapToLong(ids -> MultiplyAdds.of(spec(), labels(), ids.length))
        .average()
        .orElseThrow();
  }
}
