package io.sentimentstreams.text;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** In how many texts each token occurs. */
final class DocumentCounts {
  private final Tokenizer tokenizer;
  private final TokenTable table = new TokenTable();
  private int[] counts = new int[1024]; // [token]
  private int[] lastText = new int[1024]; // [token]: number, from 1, of the last text that has it
  private int texts;

  DocumentCounts(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  void add(String text) {
    texts++;
    tokenizer.tokenize(text, (token, start, end) -> count(table.findOrAdd(token)));
  }

  private void count(int token) {
    if (token >= counts.length) {
      counts = Arrays.copyOf(counts, 2 * counts.length);
      lastText = Arrays.copyOf(lastText, 2 * lastText.length);
    }
    if (lastText[token] != texts) {
      lastText[token] = texts;
      counts[token]++;
    }
  }

  /** The tokens of at least {@code minimumCount} texts, commonest first, ties by token. */
  List<String> commonest(int minimumCount, int limit) {
    return IntStream.range(0, table.size())
        .filter(token -> counts[token] >= minimumCount)
        .boxed()
        .sorted(
            Comparator.comparingInt((Integer token) -> -counts[token]).thenComparing(table::token))
        .limit(limit)
        .map(table::token)
        .toList();
  }
}
