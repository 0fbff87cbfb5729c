package io.sentimentstreams.corpus;

import io.sentimentstreams.InvalidInputException;
import java.util.List;

/**
 * Labelled texts in the order of their source.
 *
 * @param name the source's file or folder name
 * @param sha256 hex digest of the labelled texts as read: the same texts, labels and order have the
 *     same digest, whatever they were packed in
 * @param texts at least one
 */
public record Corpus(String name, String sha256, List<LabelledText> texts) {
  public Corpus {
    texts = List.copyOf(texts);
    if (texts.isEmpty()) {
      throw new InvalidInputException("data %s: holds no labelled text".formatted(name));
    }
  }

  /** The distinct labels, sorted. */
  public List<String> labels() {
    return texts.stream().map(LabelledText::label).distinct().sorted().toList();
  }
}
