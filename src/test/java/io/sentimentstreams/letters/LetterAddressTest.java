package io.sentimentstreams.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LetterAddressTest {
  @Test
  void address_ofEitherKind_isReadAndWritten() {
    assertThat(LetterAddress.parse("2:17")).isEqualTo(new LetterAddress(null, 2, 17));
    assertThat(LetterAddress.parse("2:17").isOfLetter()).isTrue();
    assertThat(LetterAddress.parse("a.b-c:0:9")).isEqualTo(new LetterAddress("a.b-c", 0, 9));
    assertThat(LetterAddress.parse("a.b-c:0:9")).hasToString("a.b-c:0:9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "17", "a:17", "2:", "2:-1", "a b:0:1", "a:b:0:1", "9999999999:1"})
  void address_thatIsNone_isRefused(String text) {
    assertThatThrownBy(() -> LetterAddress.parse(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("PARTITION:OFFSET");
  }
}
