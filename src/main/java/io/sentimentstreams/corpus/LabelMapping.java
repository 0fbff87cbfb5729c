package io.sentimentstreams.corpus;

import io.sentimentstreams.InvalidInputException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * New names for the labels of a corpus, such as {@code 0=negative,1=positive}. Several labels may
 * get one name. A label that the mapping does not name is an error, so that a mistake in a name
 * cannot pass.
 *
 * @param names the new name by the label in the data, at least one
 */
public record LabelMapping(Map<String, String> names) {
  public LabelMapping {
    names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
    if (names.isEmpty()) {
      throw new InvalidInputException(
          "--labels is empty: give the labels and their names, such as 0=negative,1=positive");
    }
  }

  /**
   * Reads {@code LABEL=NAME,...}; a {@code LABEL} alone keeps its name. Labels and names are
   * stripped of blanks around them.
   *
   * @throws InvalidInputException where a label or a name is empty, or a label is given twice
   */
  public static LabelMapping parse(String value) {
    Map<String, String> names = new LinkedHashMap<>();
    for (String entry : value.split(",", -1)) {
      String[] parts = entry.split("=", -1);
      String label = parts[0].strip();
      String name = parts[parts.length - 1].strip();
      if (label.isEmpty() || name.isEmpty() || parts.length > 2) {
        throw new InvalidInputException(
            "--labels \"%s\": \"%s\" is no LABEL=NAME: write it like 0=negative,1=positive"
                .formatted(value, entry.strip()));
      }
      if (names.put(label, name) != null) {
        throw new InvalidInputException(
            "--labels \"%s\": the label %s is there twice: name it once".formatted(value, label));
      }
    }
    return new LabelMapping(names);
  }

  /**
   * The corpus with the new labels, and the digest of it.
   *
   * @throws InvalidInputException where the corpus has a label that the mapping does not name
   */
  public Corpus apply(Corpus corpus) {
    List<String> unknown =
        corpus.labels().stream().filter(label -> !names.containsKey(label)).toList();
    if (!unknown.isEmpty()) {
      throw new InvalidInputException(
          "data %s: holds the labels %s, of which --labels names %s, but not %s: add %s=NAME, or %s to keep it"
              .formatted(
                  corpus.name(),
                  String.join(", ", corpus.labels()),
                  String.join(", ", names.keySet()),
                  String.join(", ", unknown),
                  unknown.get(0),
                  unknown.get(0)));
    }
    List<LabelledText> texts = corpus.texts().stream().map(this::renamed).toList();
    return Corpus.of(corpus.name(), texts, corpus.skippedRows(), corpus.uncertainRows());
  }

  private LabelledText renamed(LabelledText text) {
    String name = names.getOrDefault(text.label(), text.label());
    return new LabelledText(text.text(), name, text.group());
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    return names.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(","));
  }
}
