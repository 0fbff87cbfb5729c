package io.sentimentstreams.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TemporaryFolderTest {

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  private Path parent;

  @Test
  void parent_thatIsMissing_isNamed() {
    assertThatThrownBy(() -> TemporaryFolder.createIn(parent.resolve("none")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("none");
  }

  @Test
  void close_ofAFolderWithFiles_leavesNothing() throws IOException {
    Path path;
    try (TemporaryFolder folder = TemporaryFolder.createIn(parent)) {
      path = folder.path();
      Files.writeString(folder.folder("inner").resolve("file"), "text");
      assertThat(path).isDirectory();
    }

    assertThat(path).doesNotExist();
    assertThat(parent).isEmptyDirectory();
  }
}
