package io.sentimentstreams.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class BatchesTest {

  @Property
  void shuffled_anyExamples_holdsEachOnceInFullBatches(
      @ForAll @Size(min = 1, max = 300) List<@IntRange(min = 1, max = 40) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 50) int batchSize,
      @ForAll long seed) {
    List<Example> examples = examples(lengths.stream());

    List<List<Example>> batches = Batches.shuffled(examples, batchSize, new SplittableRandom(seed));

    assertThat(batches.stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(examples);
    assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSizeBetween(1, batchSize));
    assertThat(batches).hasSize((lengths.size() + batchSize - 1) / batchSize);
  }

  @Property
  void shuffled_sameSeed_givesTheSameBatches(@ForAll long seed) {
    List<Example> examples = examples(IntStream.range(1, 100).boxed());

    assertThat(Batches.shuffled(examples, 8, new SplittableRandom(seed)))
        .isEqualTo(Batches.shuffled(examples, 8, new SplittableRandom(seed)));
  }

  @Test
  void shuffled_twiceOfOneRandom_givesOtherBatches() {
    List<Example> examples = examples(IntStream.range(1, 100).boxed());
    SplittableRandom random = new SplittableRandom(1);

    assertThat(Batches.shuffled(examples, 8, random))
        .isNotEqualTo(Batches.shuffled(examples, 8, random));
  }

  @Test
  void shuffled_mixedLengths_padsLittle() {
    SplittableRandom random = new SplittableRandom(1);
    List<Example> examples = examples(random.ints(1_000, 1, 200).boxed());

    List<List<Example>> batches = Batches.shuffled(examples, 10, random);

    long tokens = examples.stream().mapToLong(example -> example.ids().length).sum();
    assertThat(batches.stream().mapToLong(BatchesTest::cells).sum()).isLessThan(tokens * 110 / 100);
  }

  @Test
  void sorted_mixedLengths_risesInLength() {
    List<List<Example>> batches = Batches.sorted(examples(Stream.of(5, 1, 4, 2, 3)), 2);

    assertThat(batches)
        .extracting(batch -> batch.stream().map(example -> example.ids().length).toList())
        .containsExactly(List.of(1, 2), List.of(3, 4), List.of(5));
  }

  private static long cells(List<Example> batch) {
    int longest = batch.stream().mapToInt(example -> example.ids().length).max().orElseThrow();
    return (long) longest * batch.size();
  }

  private static List<Example> examples(Stream<Integer> lengths) {
    return lengths.map(length -> new Example(new int[length], 0)).toList();
  }
}
