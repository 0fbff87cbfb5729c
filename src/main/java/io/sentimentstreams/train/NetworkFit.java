package io.sentimentstreams.train;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.EpochReport;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Measures;
import io.sentimentstreams.model.NetworkSize;
import io.sentimentstreams.model.NetworkTraining;
import io.sentimentstreams.model.Networks;
import io.sentimentstreams.model.PaddedBatch;
import io.sentimentstreams.model.Weights;
import io.sentimentstreams.text.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One training of one network on encoded texts. Used once, by one thread.
 *
 * <p>Bit for bit the same on the same machine, with the same number of native threads, for the same
 * examples, settings and seed.
 */
final class NetworkFit implements AutoCloseable {
  private final TrainingSettings settings;
  private final Labels labels;
  private final List<Example> training;
  private final List<List<Example>> validation;
  private final List<Double> classWeights;
  private final TrainingListener listener;
  private final BooleanSupplier stopRequested;
  private final LongSupplier nanoTime;
  private final Seeds seeds;
  private final RatePlan plan;
  private final Patience patience;
  private final Patience plateau;
  private final ComputationGraph graph;
  private final BatchAccuracy accuracy;
  private final @Nullable WeightAverage average;
  private final List<EpochReport> reports = new ArrayList<>();
  private @Nullable Best best;
  private long steps;

  /** The best epoch so far; weights are {@code [1, parameters]}. */
  private record Best(int epoch, Scores scores, INDArray weights) {}

  /** What came out, see {@link TrainingResult}. */
  record Fitted(
      Weights weights,
      Measures validation,
      List<EpochReport> epochs,
      int bestEpoch,
      TrainingResult.End end) {}

  NetworkFit(
      TrainingSettings settings,
      Labels labels,
      int vocabularySize,
      @Nullable StartVectors vectors,
      List<Example> training,
      List<Example> validation,
      TrainingListener listener,
      BooleanSupplier stopRequested,
      LongSupplier nanoTime) {
    this.settings = settings;
    this.labels = labels;
    this.training = training;
    this.validation = Batches.sorted(validation, settings.batchSize());
    this.listener = listener;
    this.stopRequested = stopRequested;
    this.nanoTime = nanoTime;
    seeds = new Seeds(settings.seed());
    patience = new Patience(settings.minimumChange());
    plateau = new Patience(settings.minimumChange());
    classWeights = settings.classWeighting().of(training, labels);
    int batches = (training.size() + settings.batchSize() - 1) / settings.batchSize();
    plan =
        new RatePlan(
            settings.schedule(), settings.learningRate(), settings.maximumEpochs(), batches);
    graph =
        Networks.build(
            settings.network(),
            NetworkSize.of(settings.text(), vocabularySize, labels.size()),
            options(),
            settings.seed());
    if (vectors != null) {
      Networks.setEmbedding(graph, settings.network(), vectors.table());
    }
    accuracy = new BatchAccuracy(graph);
    graph.setListeners(accuracy);
    average =
        settings.averagingDecay() == 0
            ? null
            : new WeightAverage(graph.params(), settings.averagingDecay());
  }

  private NetworkTraining options() {
    return new NetworkTraining(
        settings.optimizer(),
        plan,
        settings.embeddingStart(),
        settings.embeddingDropout(),
        settings.outputDropout(),
        settings.meanScale(),
        settings.l2(),
        settings.gradientNorm(),
        settings.gradientValue(),
        classWeights);
  }

  /** Trains to the end. */
  Fitted run() {
    TrainingResult.End end = TrainingResult.End.COMPLETED;
    for (int epoch = 1; epoch <= settings.maximumEpochs(); epoch++) {
      long start = nanoTime.getAsLong();
      double loss = fitEpoch(epoch);
      boolean stopped = stopRequested.getAsBoolean();
      if (stopped && best != null) {
        end = TrainingResult.End.STOP_REQUESTED;
        break;
      }
      evaluate(epoch, loss, start);
      if (stopped) {
        end = TrainingResult.End.STOP_REQUESTED;
        break;
      }
      if (patience.waited() >= settings.patience() && epoch < settings.maximumEpochs()) {
        end = TrainingResult.End.EARLY_STOPPED;
        break;
      }
    }
    return fitted(end);
  }

  private Fitted fitted(TrainingResult.End end) {
    Best chosen = Objects.requireNonNull(best);
    graph.params().assign(chosen.weights());
    return new Fitted(
        Networks.weightsOf(graph, settings.network()),
        chosen.scores().measures(),
        reports,
        chosen.epoch(),
        end);
  }

  /** Fits all batches, or those before a stop; returns their mean loss. */
  private double fitEpoch(int epoch) {
    List<List<Example>> batches =
        Batches.shuffled(training, settings.batchSize(), seeds.order(epoch));
    accuracy.reset();
    double sum = 0;
    int done = 0;
    while (done < batches.size() && !stopRequested.getAsBoolean()) {
      sum += fitBatch(batches.get(done));
      done++;
      listener.batchDone(
          new TrainingListener.BatchReport(
              epoch, settings.maximumEpochs(), done, batches.size(), sum / done, accuracy.value()));
    }
    return done == 0 ? 0 : sum / done;
  }

  private double fitBatch(List<Example> batch) {
    accuracy.expect(batch);
    RandomGenerator words = seeds.words(steps);
    Nd4j.getRandom().setSeed(seeds.dropout(steps));
    steps++;
    List<int[]> ids = batch.stream().map(example -> withWordDropout(example, words)).toList();
    try (PaddedBatch inputs = PaddedBatch.of(ids);
        INDArray targets = targets(batch)) {
      graph.fit(new INDArray[] {inputs.ids()}, new INDArray[] {targets}, inputs.masks(), null);
    }
    double loss = graph.score();
    requireFinite(loss);
    if (average != null) {
      average.add(graph.params());
    }
    return loss;
  }

  private void requireFinite(double loss) {
    if (!Double.isFinite(loss)) {
      throw new InvalidInputException(
          "training: the loss is %s, so training has diverged; learning_rate is %s: try a tenth of it"
              .formatted(loss, settings.learningRate()));
    }
  }

  private int[] withWordDropout(Example example, RandomGenerator random) {
    if (settings.wordDropout() == 0) {
      return example.ids();
    }
    int[] ids = example.ids().clone();
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] != Vocabulary.PADDING && random.nextDouble() < settings.wordDropout()) {
        ids[i] = Vocabulary.UNKNOWN;
      }
    }
    return ids;
  }

  /** The wanted outputs, {@code [batch, outputs]}, smoothed. */
  private INDArray targets(List<Example> batch) {
    float spread = (float) (settings.labelSmoothing() / labels.size());
    float[][] wanted = new float[batch.size()][labels.size()];
    for (int row = 0; row < wanted.length; row++) {
      Arrays.fill(wanted[row], spread);
      wanted[row][batch.get(row).label()] = (float) (1 - settings.labelSmoothing()) + spread;
    }
    return Networks.targets(settings.network(), wanted);
  }

  private void evaluate(int epoch, double trainingLoss, long start) {
    if (average != null) {
      average.swap(graph.params());
    }
    Scores scores = Scores.of(graph, validation, labels, classWeights);
    requireFinite(scores.loss());
    double merit = scores.merit(settings.selection());
    boolean better = best == null || merit > best.scores().merit(settings.selection());
    if (better) {
      keep(epoch, scores);
    }
    patience.add(merit);
    lowerRateOnPlateau(merit);
    if (average != null) {
      average.swap(graph.params());
    }
    EpochReport report =
        new EpochReport(
            epoch,
            trainingLoss,
            accuracy.value(),
            scores.loss(),
            scores.measures().accuracy(),
            scores.measures().macroRecall(),
            scores.measures().macroF1(),
            (nanoTime.getAsLong() - start) / 1e9,
            better);
    reports.add(report);
    listener.epochDone(report);
  }

  private void lowerRateOnPlateau(double merit) {
    plateau.add(merit);
    if (settings.schedule().decay() == Decay.PLATEAU
        && plateau.waited() >= settings.schedule().epochs()) {
      plan.fall();
      plateau.beginAnew();
    }
  }

  private void keep(int epoch, Scores scores) {
    if (best != null) {
      best.weights().close();
    }
    best = new Best(epoch, scores, graph.params().dup());
  }

  @Override
  public void close() {
    if (average != null) {
      average.close();
    }
    if (best != null) {
      best.weights().close();
    }
    graph.close();
  }
}
