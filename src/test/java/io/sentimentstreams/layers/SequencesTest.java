package io.sentimentstreams.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SequencesTest {
  private static final int FEATURES = 3;
  private static final int ROWS = 8;

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "7", "3,4", "0,2,5,6", "1,3,5,7", "6,1,0", "0,1,2,3,4,5,6,7"})
  void clearOthers_rowsOfTokensAmongPadding_clearsThePaddingAlone(String tokens) {
    int[] places =
        Arrays.stream(tokens.split(","))
            .filter(s -> !s.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray();
    float[] expected = new float[ROWS * FEATURES];
    for (int place : places) {
      Arrays.fill(expected, place * FEATURES, (place + 1) * FEATURES, Float.NaN);
    }
    float[] values = new float[ROWS * FEATURES];
    Arrays.fill(values, Float.NaN);
    try (FloatPointer memory = new FloatPointer(values)) {
      Sequences.clearOthers(memory, FEATURES, ROWS, places);
      memory.position(0).get(values);
    }

    assertThat(values).isEqualTo(expected);
  }
}
