package io.sentimentstreams.bench;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.text.Padding;
import io.sentimentstreams.text.TextEncoder;
import io.sentimentstreams.text.TextSettings;
import io.sentimentstreams.text.Vocabulary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The texts that a network is given, in the order of a stream. */
public sealed interface Workload {

  /** In words. */
  String name();

  /** The texts as token ids of the model, each {@code [time]}. */
  List<int[]> ids(ModelBundle bundle);

  /**
   * Texts of which the lengths alone matter; their ids follow Zipf's law. A model that reads texts
   * of one length gets them cut and filled up to it.
   *
   * @param name in words
   * @param tokens of each text, at least one text
   * @param seed of the ids
   */
  record Lengths(String name, List<Integer> tokens, long seed) implements Workload {
    public Lengths {
      tokens = List.copyOf(tokens);
      for (int length : tokens) {
        if (length < 1 || length > TextSettings.MAXIMUM_TOKENS) {
          throw new InvalidInputException(
              "%s: a length is %d, but must be from 1 to %d"
                  .formatted(name, length, TextSettings.MAXIMUM_TOKENS));
        }
      }
      requireSome(name, tokens);
    }

    @Override
    public List<int[]> ids(ModelBundle bundle) {
      return ids(bundle.manifest().model().text(), bundle.vocabulary().size());
    }

    List<int[]> ids(TextSettings text, int vocabularySize) {
      ZipfIds ids = new ZipfIds(vocabularySize, seed);
      return tokens.stream()
          .map(
              length ->
                  text.padding() == Padding.NONE
                      ? ids.text(length)
                      : padded(ids.text(Math.min(length, text.maximumTokens())), text))
          .toList();
    }

    private static int[] padded(int[] ids, TextSettings text) {
      int[] padded = new int[text.maximumTokens()];
      Arrays.fill(padded, Vocabulary.PADDING);
      int from = text.padding() == Padding.FRONT ? padded.length - ids.length : 0;
      System.arraycopy(ids, 0, padded, from, ids.length);
      return padded;
    }
  }

  /**
   * Texts as people write them.
   *
   * @param name in words
   * @param texts at least one
   */
  record Texts(String name, List<String> texts) implements Workload {
    public Texts {
      texts = List.copyOf(texts);
      requireSome(name, texts);
    }

    @Override
    public List<int[]> ids(ModelBundle bundle) {
      TextEncoder encoder = new TextEncoder(bundle.manifest().model().text(), bundle.vocabulary());
      return texts.stream().map(text -> encoder.encode(text).ids()).toList();
    }
  }

  /**
   * The lengths in a file, one a line, in stream order; 0, a text without tokens, counts as the one
   * token that stands for it.
   *
   * @param rows lines read at most
   * @throws InvalidInputException where there is no such file, or a line is no length
   */
  static Workload lengths(Path file, int rows, long seed) {
    List<Integer> lengths = new ArrayList<>();
    for (String line : lines(file)) {
      if (lengths.size() < rows && !line.isBlank()) {
        lengths.add(Math.max(1, length(file, lengths.size() + 1, line.strip())));
      }
    }
    return new Lengths("lengths of " + file.getFileName(), lengths, seed);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw unreadable(file, "does not exist", e);
    } catch (IOException e) {
      throw unreadable(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  private static InvalidInputException unreadable(Path file, String problem, IOException cause) {
    return new InvalidInputException(
        "--lengths %s: %s; name a file with one text length a line".formatted(file, problem),
        cause);
  }

  private static int length(Path file, int number, String line) {
    try {
      return Integer.parseInt(line);
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          "--lengths %s: length %d is \"%s\", but a whole number is needed; one text length a line"
              .formatted(file, number, line),
          e);
    }
  }

  private static void requireSome(String name, List<?> rows) {
    if (rows.isEmpty()) {
      throw new InvalidInputException("%s: none, but at least one is needed".formatted(name));
    }
  }
}
