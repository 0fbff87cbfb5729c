package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class LineBatchesTest {

  @Test
  void next_everyLineEnd_splitsAtLineFeedsOnly() throws InterruptedException {
    assertThat(lines("a\nb\r\n\nc\u0085d\u2028e\rf", 10))
        .containsExactly("a", "b", "", "c\u0085d\u2028e\rf");
  }

  @Test
  void next_lastLineWithoutEnd_isALine() throws InterruptedException {
    assertThat(lines("a\nb", 1)).containsExactly("a", "b");
    assertThat(lines("a\nb\n", 1)).containsExactly("a", "b");
    assertThat(lines("", 1)).isEmpty();
    assertThat(lines("\n", 1)).containsExactly("");
  }

  @Test
  void next_atTheEnd_staysEmpty() throws InterruptedException {
    try (LineBatches batches = new LineBatches(stream("a"), 5)) {
      assertThat(texts(batches.next())).containsExactly("a");
      assertThat(batches.next()).isEmpty();
      assertThat(batches.next()).isEmpty();
    }
  }

  @Test
  void next_inputThatPauses_givesWhatHasCome() throws IOException, InterruptedException {
    PipedOutputStream typed = new PipedOutputStream();
    try (PipedInputStream in = new PipedInputStream(typed);
        LineBatches batches = new LineBatches(in, 100)) {
      typed.write("hello\n".getBytes(UTF_8));
      typed.flush();

      assertThat(texts(batches.next())).containsExactly("hello");
      assertThat(batches.paused()).isTrue();

      typed.close();
      assertThat(batches.next()).isEmpty();
    }
  }

  @Test
  void next_endlessLine_isRefused() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'a';
          }
        };
    try (LineBatches batches = new LineBatches(endless, 5)) {
      assertThatThrownBy(batches::next)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("longer than");
    }
  }

  @Test
  void next_failingStream_failsAfterTheLinesBefore() throws IOException, InterruptedException {
    InputStream closed = InputStream.nullInputStream();
    closed.close();
    InputStream failing = new SequenceInputStream(stream("a\n"), closed);
    try (LineBatches batches = new LineBatches(failing, 5)) {
      assertThat(texts(batches.next())).containsExactly("a");
      assertThatThrownBy(batches::next)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("cannot read the input: Stream closed");
    }
  }

  @Property(tries = 200)
  void next_anyLinesAndLimit_keepsAllInOrder(
      @ForAll @Size(max = 50) List<String> texts, @ForAll @IntRange(min = 1, max = 7) int limit)
      throws InterruptedException {
    // Through bytes, since a lone surrogate has none in UTF-8.
    List<String> expected =
        texts.stream()
            .map(text -> new String(text.replaceAll("[\r\n]", "").getBytes(UTF_8), UTF_8))
            .toList();
    String input = joined(expected);

    assertThat(lines(input, limit)).isEqualTo(expected);
  }

  private static String joined(List<String> lines) {
    StringBuilder joined = new StringBuilder();
    lines.forEach(line -> joined.append(line).append('\n'));
    return joined.toString();
  }

  private static List<String> lines(String input, int limit) throws InterruptedException {
    List<String> all = new ArrayList<>();
    try (LineBatches batches = new LineBatches(stream(input), limit)) {
      for (List<byte[]> batch = batches.next(); !batch.isEmpty(); batch = batches.next()) {
        assertThat(batch).hasSizeLessThanOrEqualTo(limit);
        all.addAll(texts(batch));
      }
    }
    return all;
  }

  private static List<String> texts(List<byte[]> lines) {
    return lines.stream().map(line -> new String(line, UTF_8)).toList();
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
