package io.sentimentstreams.stream;

import io.sentimentstreams.batch.TimeLimitedCalls;
import io.sentimentstreams.metrics.StageMeters;
import io.sentimentstreams.model.Explainer;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.model.Reference;
import io.sentimentstreams.text.EncodedText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model whose calls have a time limit: it computes on threads of its own, and those that hang are
 * left behind. See {@link TimeLimitedCalls}.
 */
final class GuardedLabeller implements Labeller {
  /** A single text has this part of the limit. A model that answers at all does so far sooner. */
  static final int SINGLE_TEXT_SHARE = 4;

  /** Threads that may hang: each may keep a core busy. */
  static final int MAXIMUM_STUCK = 16;

  private static final Logger LOG = LoggerFactory.getLogger(GuardedLabeller.class);

  private final Labeller model;
  private final Duration limit;
  private final TimeLimitedCalls<EncodedText, Prediction> calls;

  /**
   * Guards a model, which it closes.
   *
   * @param limit of a call of several texts
   * @param nanos as {@link System#nanoTime}
   */
  GuardedLabeller(Labeller model, Duration limit, StageMeters meters, LongSupplier nanos) {
    this.model = model;
    this.limit = limit;
    this.calls =
        new TimeLimitedCalls<>(
            "model-" + model.info().name(),
            model::predict,
            MAXIMUM_STUCK,
            new Stuck(model, meters),
            nanos);
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
  public EncodedText encode(String text) {
    return model.encode(text);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Where too many calls hang, one that ends is waited for as long as for a single text.
   *
   * @throws io.sentimentstreams.batch.CallTimedOutException where it takes too long
   * @throws io.sentimentstreams.batch.CallsExhaustedException where too many calls hang
   */
  @Override
  public List<Prediction> predict(List<EncodedText> texts) {
    Duration single = limit.dividedBy(SINGLE_TEXT_SHARE);
    calls.awaitRoom(single);
    return calls.apply(texts, texts.size() == 1 ? single : limit);
  }

  /** As {@link #predict(List)}, with another limit. */
  List<Prediction> predict(List<EncodedText> texts, Duration within) {
    return calls.apply(texts, within);
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
  public long computedTokens(int[] lengths) {
    return model.computedTokens(lengths);
  }

  /** Closes the model; where calls hang, the last of them does, if it ever ends. */
  @Override
  public void close() {
    int stuck = calls.close(model::close);
    if (stuck > 0) {
      LOG.warn(
          "model {}: {} calls hang; its memory is freed when they end, or with the process",
          model.info().name(),
          stuck);
    }
  }

  /**
   * Makes room in the model for the calls that hang at the same time. Room that was made stays, for
   * those that come back and those that hang later: memory does not grow with every call that hung.
   */
  private static final class Stuck implements TimeLimitedCalls.Listener {
    private final Labeller model;
    private final StageMeters meters;
    private int hanging;
    private int rooms;

    Stuck(Labeller model, StageMeters meters) {
      this.model = model;
      this.meters = meters;
    }

    @Override
    public synchronized void abandoned() {
      meters.stuck(1);
      LOG.warn("model {}: a call hangs and is left behind", model.info().name());
      hanging++;
      if (hanging > rooms) {
        makeRoom();
      }
    }

    private void makeRoom() {
      try {
        model.abandoned();
        rooms++;
      } catch (RuntimeException failure) {
        LOG.warn("model {}: no room for another call", model.info().name(), failure);
      }
    }

    @Override
    public synchronized void cameBack() {
      hanging--;
      meters.stuck(-1);
      LOG.info("model {}: a call that was left behind has ended", model.info().name());
    }
  }
}
