package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HostileBundleTest {
  @TempDir Path parent = Path.of("unset");

  @ParameterizedTest
  @EnumSource(HostileBundle.class)
  void load_hostileBundle_isRefusedByNameInOneLine(HostileBundle hostile) throws IOException {
    Path folder = parent.resolve("model");
    hostile.write(folder);

    assertThatThrownBy(() -> ModelBundle.load(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining(hostile.refusal())
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(1_000));
  }
}
