package io.sentimentstreams.corpus;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers labelled texts, counts what it leaves out. */
final class CorpusBuilder {
  private final List<LabelledText> texts = new ArrayList<>();
  private long skippedRows;

  /** Adds a row, or counts it as skipped where its text or label is empty. */
  void add(@Nullable String text, @Nullable String label, @Nullable String group) {
    if (text == null || text.isBlank() || label == null || label.isBlank()) {
      skippedRows++;
    } else {
      texts.add(new LabelledText(text, label.strip(), blankAsNull(group)));
    }
  }

  private static @Nullable String blankAsNull(@Nullable String group) {
    return group == null || group.isBlank() ? null : group;
  }

  Corpus build(Path path) {
    Path name = path.toAbsolutePath().normalize().getFileName();
    return Corpus.of(name == null ? path.toString() : name.toString(), texts, skippedRows);
  }
}
