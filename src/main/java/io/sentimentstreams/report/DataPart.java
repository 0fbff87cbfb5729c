package io.sentimentstreams.report;

import io.sentimentstreams.corpus.LabelledText;
import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.text.TextEncoder;
import java.util.List;

/**
 * A part of the data in numbers.
 *
 * @param name such as {@code validation}
 * @param texts of each label, in the model's order
 * @param tokens {@code [texts]}, of each text before it is cut; not to be written to
 */
// An array: parts are never compared.
@SuppressWarnings("ArrayRecordComponent")
public record DataPart(String name, List<Long> texts, int[] tokens) {
  public DataPart {
    texts = List.copyOf(texts);
  }

  /** Counts texts as a model reads them. */
  public static DataPart of(String name, List<LabelledText> texts, ModelBundle bundle) {
    TextEncoder encoder = new TextEncoder(bundle.manifest().model().text(), bundle.vocabulary());
    List<Long> perLabel =
        bundle.manifest().model().labels().names().stream()
            .map(label -> texts.stream().filter(text -> text.label().equals(label)).count())
            .toList();
    return new DataPart(
        name,
        perLabel,
        texts.stream().mapToInt(text -> encoder.encode(text.text()).tokens()).toArray());
  }

  long size() {
    return tokens.length;
  }

  double share(int label) {
    return tokens.length == 0 ? 0 : (double) texts.get(label) / tokens.length;
  }
}
