package io.sentimentstreams.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class TemporaryFolderTest {

  @Test
  void close_ofAFolderWithFiles_leavesNothing() throws IOException {
    Path path;
    try (TemporaryFolder folder = TemporaryFolder.create()) {
      path = folder.path();
      Files.writeString(folder.folder("inner").resolve("file"), "text");
      assertThat(path).isDirectory();
    }

    assertThat(path).doesNotExist();
  }
}
