package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PrintableTest {
  @Test
  void line_withWhatSteersATerminal_showsIt() {
    assertThat(Printable.line("a\u001b[31mb\nc\u202Ed\u0085 é 😊"))
        .isEqualTo("a\\x1B[31mb\\x0Ac\\u202Ed\\x85 é 😊");
  }

  @Test
  void block_ofText_keepsItsLines() {
    assertThat(Printable.block("é\n\t😊\u0007".getBytes(UTF_8))).isEqualTo("é\n\t😊\\x07");
  }

  @Test
  void block_ofBytesThatAreNoText_showsThem() {
    byte[] bytes = {'a', (byte) 0xFF, (byte) 0xC3, 'b', (byte) 0xE2, (byte) 0x82};

    assertThat(Printable.block(bytes)).isEqualTo("a\\xFF\\xC3b\\xE2\\x82");
  }
}
