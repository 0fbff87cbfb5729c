package io.sentimentstreams.corpus;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers labelled texts, counts what it leaves out, and warns of it. */
final class CorpusBuilder {
  private static final Logger LOG = LoggerFactory.getLogger(CorpusBuilder.class);

  private final List<LabelledText> texts = new ArrayList<>();
  private long skippedRows;
  private long uncertainRows;

  /** Adds a row, or counts it as skipped where its text or label is empty. */
  void add(@Nullable String text, @Nullable String label, @Nullable String group) {
    add(text, label, group, true);
  }

  /** Adds a row, or counts it as skipped, or as uncertain. */
  void add(@Nullable String text, @Nullable String label, @Nullable String group, boolean certain) {
    if (text == null || text.isBlank() || label == null || label.isBlank()) {
      skippedRows++;
    } else if (!certain) {
      uncertainRows++;
    } else {
      texts.add(new LabelledText(text, label.strip(), blankAsNull(group)));
    }
  }

  private static @Nullable String blankAsNull(@Nullable String group) {
    return group == null || group.isBlank() ? null : group;
  }

  Corpus build(Path path) {
    Path name = path.toAbsolutePath().normalize().getFileName();
    Corpus corpus =
        Corpus.of(
            name == null ? path.toString() : name.toString(), texts, skippedRows, uncertainRows);
    if (skippedRows > 0) {
      LOG.warn(
          "{}: {} of {} texts are left out, since they are empty or have no label",
          corpus.name(),
          skippedRows,
          texts.size() + skippedRows + uncertainRows);
    }
    return corpus;
  }
}
