package io.sentimentstreams.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.model.NetworkSpec;
import io.sentimentstreams.model.Pooling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MultiplyAddsTest {

  @Test
  void bilstm_ofSomeTokens_hasInputsStatesAndOutput() {
    NetworkSpec network = NetworkSpec.biLstm(128, 64, Pooling.MAX);

    assertThat(MultiplyAdds.of(network, 3, 10))
        .isEqualTo(2 * 10 * (128 * 256 + 64 * 256) + 128 * 3);
  }

  @Test
  void bilstm_alsoPooledByMeans_hasALargerOutput() {
    NetworkSpec network = NetworkSpec.biLstm(8, 4, Pooling.MAX_AND_MEAN);

    assertThat(MultiplyAdds.of(network, 2, 1)).isEqualTo(2 * (8 * 16 + 4 * 16) + 16 * 2);
  }

  /** The third: pairs of a place of the filter and a token under it, counted by hand. */
  @ParameterizedTest
  @CsvSource({"5, 10, 44", "5, 1, 1", "5, 2, 4", "3, 3, 7", "1, 9, 9", "2, 4, 7", "4, 4, 12"})
  void conv1d_ofAnyWidth_countsNothingBeyondTheTextsEnds(int width, int length, int pairs) {
    NetworkSpec network = NetworkSpec.conv1d(6, 7, width, Pooling.MAX, 0);

    assertThat(MultiplyAdds.of(network, 3, length)).isEqualTo(pairs * 6 * 7 + 7 * 3);
  }

  @Test
  void conv1d_withADenseLayer_hasItInBetween() {
    NetworkSpec network = NetworkSpec.conv1d(6, 7, 1, Pooling.MAX_AND_MEAN, 5);

    assertThat(MultiplyAdds.of(network, 3, 1)).isEqualTo(6 * 7 + 14 * 5 + 5 * 3);
  }
}
