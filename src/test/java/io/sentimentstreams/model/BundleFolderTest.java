package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BundleFolderTest {
  private static final String CARD = "MODEL.md";

  @TempDir Path parent = Path.of("unset");

  private Path folder() {
    return parent.resolve("model");
  }

  @Test
  void replace_missingFolder_makesItAndItsParents() throws IOException {
    Path deep = parent.resolve("a/b/model");

    BundleFolder.replace(deep, write("new"));

    assertThat(deep.resolve(CARD)).hasContent("new");
    assertThat(list(parent.resolve("a/b"))).containsExactly(deep);
  }

  @Test
  void replace_existingBundle_leavesOnlyTheNewOne() throws IOException {
    BundleFolder.replace(folder(), write("old"));

    BundleFolder.replace(folder(), write("new"));

    assertThat(folder().resolve(CARD)).hasContent("new");
    assertThat(list(parent)).containsExactly(folder());
  }

  @Test
  void replace_failingWriter_leavesTheOldOne() {
    BundleFolder.replace(folder(), write("old"));

    assertThatThrownBy(
            () ->
                BundleFolder.replace(
                    folder(),
                    fresh -> {
                      Files.writeString(fresh.resolve(CARD), "ne");
                      throw new IOException("disk full");
                    }))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(folder() + ": cannot be written: disk full");

    assertThat(BundleFolder.readable(folder()).resolve(CARD)).hasContent("old");
  }

  @Test
  void replace_killedWhileWriting_leavesTheOldOneAndTheNextSaveWorks() throws IOException {
    BundleFolder.replace(folder(), write("old"));
    Files.createDirectory(parent.resolve(".model.new"));
    Files.writeString(parent.resolve(".model.new").resolve(CARD), "half");

    assertThat(BundleFolder.readable(folder()).resolve(CARD)).hasContent("old");
    BundleFolder.replace(folder(), write("new"));

    assertThat(folder().resolve(CARD)).hasContent("new");
    assertThat(list(parent)).containsExactly(folder());
  }

  @Test
  void replace_killedBetweenTheRenames_leavesTheOldOneAndTheNextSaveWorks() throws IOException {
    BundleFolder.replace(folder(), write("old"));
    BundleFolder.replace(parent.resolve(".model.new"), write("interrupted"));
    Files.move(folder(), parent.resolve(".model.old"));

    assertThat(BundleFolder.readable(folder()).resolve(CARD)).hasContent("old");
    BundleFolder.replace(folder(), write("new"));

    assertThat(folder().resolve(CARD)).hasContent("new");
    assertThat(list(parent)).containsExactly(folder());
  }

  @Test
  void replace_killedBetweenTheRenamesAndThenFailing_keepsTheOldOne() throws IOException {
    BundleFolder.replace(folder(), write("old"));
    Files.move(folder(), parent.resolve(".model.old"));

    assertThatThrownBy(
            () ->
                BundleFolder.replace(
                    folder(),
                    fresh -> {
                      throw new IOException("disk full");
                    }))
        .isInstanceOf(InvalidInputException.class);

    assertThat(BundleFolder.readable(folder()).resolve(CARD)).hasContent("old");
  }

  @Test
  void replace_killedBeforeDeletingTheOldOne_leavesTheNewOne() throws IOException {
    BundleFolder.replace(parent.resolve(".model.old"), write("old"));
    BundleFolder.replace(folder(), write("new"));

    assertThat(BundleFolder.readable(folder()).resolve(CARD)).hasContent("new");
    BundleFolder.replace(folder(), write("newer"));

    assertThat(list(parent)).containsExactly(folder());
  }

  @Test
  void replace_folderWithOtherFiles_isRefusedAndUntouched() throws IOException {
    Files.createDirectory(folder());
    Files.writeString(folder().resolve("thesis.txt"), "years");

    assertThatThrownBy(() -> BundleFolder.replace(folder(), write("new")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("holds thesis.txt, which is no file of a model");

    assertThat(folder().resolve("thesis.txt")).hasContent("years");
    assertThat(list(folder())).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {".model.new", ".model.old"})
  void replace_otherFilesInAHiddenSibling_isRefusedAndTheyAreUntouched(String name)
      throws IOException {
    Path file = Files.createDirectory(parent.resolve(name)).resolve("thesis.txt");
    Files.writeString(file, "years");

    assertThatThrownBy(() -> BundleFolder.requireReplaceable(folder()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(name, "holds thesis.txt, which is no file of a model");
    assertThatThrownBy(() -> BundleFolder.replace(folder(), write("new")))
        .isInstanceOf(InvalidInputException.class);

    assertThat(file).hasContent("years");
  }

  @Test
  void replace_fileInPlaceOfTheFolder_isRefused() throws IOException {
    Files.writeString(folder(), "a file");

    assertThatThrownBy(() -> BundleFolder.replace(folder(), write("new")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is a file, but must be a folder");
    assertThat(folder()).hasContent("a file");
  }

  @Test
  void replace_linkToAFolder_keepsTheLink() throws IOException {
    Path target = Files.createDirectory(parent.resolve("target"));
    Path link = Files.createSymbolicLink(parent.resolve("link"), target);

    BundleFolder.replace(link, write("new"));

    assertThat(link).isSymbolicLink();
    assertThat(target.resolve(CARD)).hasContent("new");
    assertThat(list(parent)).containsExactly(link, target);
  }

  @Test
  void requireReplaceable_emptyOrMissingFolder_passes() throws IOException {
    BundleFolder.requireReplaceable(folder());
    Files.createDirectory(folder());
    BundleFolder.requireReplaceable(folder());

    assertThat(list(folder())).isEmpty();
  }

  private static BundleFolder.Writer write(String card) {
    return fresh -> Files.writeString(fresh.resolve(CARD), card);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
