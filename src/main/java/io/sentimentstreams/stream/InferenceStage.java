package io.sentimentstreams.stream;

import io.sentimentstreams.batch.JoinedCalls;
import io.sentimentstreams.metrics.StageMeters;
import io.sentimentstreams.model.Explainer;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.model.Reference;
import io.sentimentstreams.text.EncodedText;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of all threads and routes to one model. It measures each call, and joins those that come
 * at about the same time where the settings say so. Nothing is kept between calls, so that commits
 * are right as they are; where a joined call fails, each thread's rows are tried by themselves, so
 * that a failing row is found among its own frame's.
 */
final class InferenceStage implements Labeller {
  private final Labeller model;
  private final StageMeters meters;
  private final LongSupplier nanos;

  /** Null where each thread calls by itself. */
  private final @Nullable JoinedCalls<EncodedText, Prediction> joined;

  /**
   * A stage of this model, which it closes.
   *
   * @param threads that may call at the same time
   * @param nanos as {@link System#nanoTime}
   */
  InferenceStage(
      Labeller model, StageSettings settings, int threads, StageMeters meters, LongSupplier nanos) {
    this.model = model;
    this.meters = meters;
    this.nanos = nanos;
    this.joined =
        settings.joins(model.onGpu())
            ? new JoinedCalls<>(this::call, settings.policy(), threads, meters::queued, nanos)
            : null;
  }

  /** Whether threads share calls. */
  boolean joins() {
    return joined != null;
  }

  /** Frames that wait for a call to take them up. */
  int waiting() {
    return joined == null ? 0 : joined.waiting();
  }

  @Override
  public Labels labels() {
    return model.labels();
  }

  @Override
  public Reference reference() {
    return model.reference();
  }

  @Override
  public ModelInfo info() {
    return model.info();
  }

  @Override
  public Optional<Explainer> explainer() {
    return model.explainer();
  }

  @Override
  public boolean onGpu() {
    return model.onGpu();
  }

  @Override
  public EncodedText encode(String text) {
    return model.encode(text);
  }

  @Override
  public List<Prediction> predict(List<EncodedText> texts) {
    if (joined != null) {
      return joined.apply(texts);
    }
    meters.queued(0);
    return call(texts);
  }

  @Override
  public long computedTokens(int[] lengths) {
    return model.computedTokens(lengths);
  }

  private List<Prediction> call(List<EncodedText> texts) {
    int[] lengths = texts.stream().mapToInt(text -> text.ids().length).toArray();
    long began = nanos.getAsLong();
    boolean done = false;
    try {
      List<Prediction> predictions = model.predict(texts);
      done = true;
      return predictions;
    } finally {
      meters.called(done, nanos.getAsLong() - began, lengths, model.computedTokens(lengths));
    }
  }

  /** Ends the call that runs, fails those that wait, and closes the model. */
  @Override
  public void close() {
    if (joined != null) {
      joined.close();
    }
    model.close();
  }
}
