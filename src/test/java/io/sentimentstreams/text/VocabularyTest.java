package io.sentimentstreams.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocabularyTest {
  private final Path folder;

  VocabularyTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static TextSettings settings(int vocabularySize, int minimumCount) {
    return new TextSettings(
        TokenizerKind.SOCIAL, vocabularySize, minimumCount, 10, Truncation.KEEP_HEAD);
  }

  private static List<String> tokens(Vocabulary vocabulary) {
    return IntStream.range(0, vocabulary.size()).mapToObj(vocabulary::token).toList();
  }

  @Test
  void build_texts_countsEachTextOnceAndBreaksTiesByToken() {
    List<String> texts = List.of("b b b b", "c a", "a c", "d");
    assertThat(tokens(Vocabulary.build(settings(100, 1), texts)))
        .containsExactly("<pad>", "<unk>", "a", "c", "b", "d");
  }

  @Test
  void build_limits_leaveRareTokensOut() {
    List<String> texts = List.of("a b c", "a b", "a");
    assertThat(tokens(Vocabulary.build(settings(100, 2), texts)))
        .containsExactly("<pad>", "<unk>", "a", "b");
    assertThat(tokens(Vocabulary.build(settings(3, 1), texts)))
        .containsExactly("<pad>", "<unk>", "a");
  }

  @Test
  void build_otherOrderOfTexts_givesTheSameIds() {
    List<String> texts = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      texts.add("w" + words(random) + " x" + words(random) + " \uD83D\uDE02");
    }
    List<String> first = tokens(Vocabulary.build(settings(5_000, 1), texts));
    Collections.shuffle(texts, random);
    assertThat(tokens(Vocabulary.build(settings(5_000, 1), texts))).isEqualTo(first);
  }

  private static String words(Random random) {
    return Integer.toString(random.nextInt(Integer.MAX_VALUE), 36).replaceAll("[0-9]", "y");
  }

  @Test
  void id_everyToken_isFoundFromAnyCharSequence() {
    List<String> words = IntStream.range(0, 5_000).mapToObj(VocabularyTest::word).toList();
    Vocabulary vocabulary = Vocabulary.build(settings(10_000, 1), List.of(String.join(" ", words)));
    assertThat(vocabulary.size()).isEqualTo(5_002);
    for (int id = 0; id < vocabulary.size(); id++) {
      assertThat(vocabulary.id(CharBuffer.wrap(vocabulary.token(id)))).isEqualTo(id);
    }
    assertThat(vocabulary.id("never seen")).isEqualTo(Vocabulary.UNKNOWN);
    assertThat(vocabulary.id("")).isEqualTo(Vocabulary.UNKNOWN);
  }

  private static String word(int number) {
    StringBuilder word = new StringBuilder();
    for (int rest = number, i = 0; i < 4; i++, rest /= 26) {
      word.append((char) ('a' + rest % 26)).append(i);
    }
    return word.toString();
  }

  @Test
  void token_idOutOfRange_throws() {
    Vocabulary vocabulary = Vocabulary.build(settings(10, 1), List.of("a"));
    assertThatThrownBy(() -> vocabulary.token(3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> vocabulary.token(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void file_writtenAndRead_isTheSame() throws IOException {
    Path file = folder.resolve("vocabulary.txt");
    Vocabulary vocabulary =
        Vocabulary.build(settings(100, 1), List.of("héllo 你好 \uD83D\uDE02 :) don't", "<3 !!"));
    vocabulary.write(file);
    assertThat(tokens(Vocabulary.read(file))).isEqualTo(tokens(vocabulary));
    assertThat(Files.readString(file)).startsWith("<pad>\n<unk>\n").endsWith("\n");
  }

  @Test
  void read_brokenFile_namesFileLineAndFault() throws IOException {
    assertBroken("", 1, "the file ends before <pad>");
    assertBroken("<pad>\n", 2, "the file ends before <unk>");
    assertBroken("<unk>\n<pad>\n", 1, "is '<unk>', but must be <pad>");
    assertBroken("<pad>\na\n", 2, "is 'a', but must be <unk>");
    assertBroken("<pad>\n<unk>\na\n\nb\n", 4, "is empty");
    assertBroken("<pad>\n<unk>\na\nb\na\n", 5, "repeats the token 'a' of line 3");
    assertBroken("<pad>\n<unk>\na b\n", 3, "holds white space or a control character");
    assertBroken("<pad>\r\n<unk>\r\n", 1, "holds white space or a control character");
    assertBroken("<pad>\n<unk>\na\u2028\n", 3, "holds white space or a control character");
    assertBroken("<pad>\n<unk>\na", 3, "has no line end; the file seems cut short");
    assertBroken("<pad>\n<unk>\n" + "a".repeat(65) + "\n", 3, "is longer than a token's 64");
  }

  private void assertBroken(String content, int line, String fault) throws IOException {
    Path file = folder.resolve("broken.txt");
    Files.writeString(file, content);
    assertThatThrownBy(() -> Vocabulary.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("vocabulary %s, line %d: %s".formatted(file, line, fault));
  }

  @Test
  void read_invalidUtf8_namesTheLine() throws IOException {
    Path file = folder.resolve("latin1.txt");
    Files.write(file, "<pad>\n<unk>\ncaf\u00E9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Vocabulary.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("vocabulary %s, line 3: is not valid UTF-8".formatted(file));
  }

  @Test
  void read_absentFileOrFolder_isTheUsersError() {
    assertThatThrownBy(() -> Vocabulary.read(folder.resolve("absent")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> Vocabulary.read(folder)).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void read_hugeFile_isRefusedByItsSize() throws IOException {
    Path file = folder.resolve("huge.txt");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[1]), 65L << 20);
    }
    assertThatThrownBy(() -> Vocabulary.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is it the right file?");
  }

  @Test
  void write_absentFolder_isTheUsersError() {
    Vocabulary vocabulary = Vocabulary.build(settings(10, 1), List.of("a"));
    assertThatThrownBy(() -> vocabulary.write(folder.resolve("absent/vocabulary.txt")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cannot be written");
  }
}
