package io.sentimentstreams.letters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class OffsetSetTest {
  @Test
  void set_ofRandomOffsets_holdsThoseAlone() {
    Random random = new Random(5);
    Set<Long> expected = new HashSet<>();
    OffsetSet set = new OffsetSet();
    for (int i = 0; i < 10_000; i++) {
      long offset = random.nextLong(200_000) + (i % 2 == 0 ? 0 : 1L << 40);
      expected.add(offset);
      set.add(offset);
    }
    for (long offset = 0; offset < 200_000; offset++) {
      assertThat(set.contains(offset)).isEqualTo(expected.contains(offset));
      long far = offset + (1L << 40);
      assertThat(set.contains(far)).isEqualTo(expected.contains(far));
    }
  }
}
