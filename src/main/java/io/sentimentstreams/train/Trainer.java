package io.sentimentstreams.train;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.corpus.LabelledText;
import io.sentimentstreams.corpus.Split;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.NgramScores;
import io.sentimentstreams.text.Ngrams;
import io.sentimentstreams.text.TextEncoder;
import io.sentimentstreams.text.Vocabulary;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Trains models on labelled texts. */
public final class Trainer {
  private final LongSupplier nanoTime;

  /**
   * A trainer.
   *
   * @param nanoTime a clock in nanoseconds, for the reports
   */
  public Trainer(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Trains a model. The vocabulary is that of the training texts; the validation texts choose the
   * best epoch and the moment to stop; the test texts are not looked at.
   *
   * @param split with training and validation texts
   * @param labels of the model, in the order of its outputs
   * @param listener told of the progress on the calling thread
   * @param stopRequested asked before each step; once true, the best epoch so far is the result,
   *     or, within the first epoch, what it has learned until then
   * @throws InvalidInputException where a part of the split is empty, a label is unknown, or
   *     training diverges
   */
  public TrainingResult train(
      Split split,
      Labels labels,
      TrainingSettings settings,
      TrainingListener listener,
      BooleanSupplier stopRequested) {
    return train(split, labels, settings, listener, stopRequested, null);
  }

  /**
   * Trains a model, and leaves checkpoints on the way. After a kill, a training that goes on from
   * one ends with the weights that it would have had without, bit for bit, on the same machine with
   * as many native threads.
   *
   * @param checkpoints null for none
   * @throws InvalidInputException as {@link #train(Split, Labels, TrainingSettings,
   *     TrainingListener, BooleanSupplier)}, and where the checkpoint to go on from is of other
   *     data or settings
   */
  public TrainingResult train(
      Split split,
      Labels labels,
      TrainingSettings settings,
      TrainingListener listener,
      BooleanSupplier stopRequested,
      @Nullable Checkpoints checkpoints) {
    try {
      return fit(split, labels, settings, listener, stopRequested, checkpoints);
    } catch (DivergedException e) {
      throw new InvalidInputException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Trains a model; a loss that leaves the numbers has an exception of its own. */
  TrainingResult fit(
      Split split,
      Labels labels,
      TrainingSettings settings,
      TrainingListener listener,
      BooleanSupplier stopRequested,
      @Nullable Checkpoints checkpoints) {
    requireTexts("training", split.training());
    requireTexts("validation", split.validation());
    settings.network().requireLabels(labels);
    Ngrams.requireSize(settings.ngrams());
    Vocabulary vocabulary =
        Vocabulary.build(
            settings.text(), split.training().stream().map(LabelledText::text).toList());
    TextEncoder encoder = new TextEncoder(settings.text(), vocabulary);
    List<Example> training = examples(split.training(), labels, encoder);
    StartVectors vectors = vectors(settings, vocabulary);
    VectorCoverage coverage = vectors == null ? null : vectors.coverage(training);
    if (coverage != null) {
      listener.vectorsRead(coverage);
    }
    CheckpointWriter writer =
        checkpoints == null
            ? null
            : new CheckpointWriter(
                checkpoints, TrainingIdentity.of(split, labels, settings), nanoTime);
    NgramScores ngrams = ngrams(training, labels, settings, vocabulary, listener);
    try (NetworkFit fit =
        new NetworkFit(
            settings,
            labels,
            vocabulary.size(),
            vectors,
            training,
            examples(split.validation(), labels, encoder),
            listener,
            stopRequested,
            nanoTime,
            writer)) {
      if (writer != null) {
        writer.restore(fit);
      }
      NetworkFit.Fitted fitted = fit.run();
      NetworkFit.Scored scored = fit.scored(ngrams);
      return new TrainingResult(
          settings,
          labels,
          vocabulary,
          coverage,
          fitted.weights(),
          scored.scoring(),
          scored.validation().loss(),
          scored.validation().measures(),
          fitted.epochs(),
          fitted.bestEpoch(),
          fitted.end());
    }
  }

  private static @Nullable StartVectors vectors(TrainingSettings settings, Vocabulary vocabulary) {
    return settings.vectors() == null
        ? null
        : StartVectors.read(settings.vectors(), vocabulary, settings.network().embeddingSize());
  }

  private static @Nullable NgramScores ngrams(
      List<Example> training,
      Labels labels,
      TrainingSettings settings,
      Vocabulary vocabulary,
      TrainingListener listener) {
    if (settings.ngrams() == 0) {
      return null;
    }
    Ngrams.requireVocabulary(vocabulary.size());
    listener.ngramsBegun();
    return NgramFit.train(
        training, vocabulary, labels.size(), settings.ngrams(), settings.characterNgrams());
  }

  private static List<Example> examples(
      List<LabelledText> texts, Labels labels, TextEncoder encoder) {
    return texts.stream()
        .map(
            text ->
                new Example(
                    encoder.encode(text.text()).ids(), Evaluation.indexOf(labels, text.label())))
        .toList();
  }

  private static void requireTexts(String part, List<LabelledText> texts) {
    if (texts.isEmpty()) {
      throw new InvalidInputException(
          "data: the %s part of the split holds no text; use more data or another share"
              .formatted(part));
    }
  }
}
