package io.sentimentstreams.train;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.EpochReport;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.NetworkSize;
import io.sentimentstreams.model.NetworkTraining;
import io.sentimentstreams.model.Networks;
import io.sentimentstreams.model.NgramScores;
import io.sentimentstreams.model.PaddedBatch;
import io.sentimentstreams.model.Scorer;
import io.sentimentstreams.model.Tensor;
import io.sentimentstreams.model.Weights;
import io.sentimentstreams.text.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final @Nullable CheckpointWriter checkpoints;
  private @Nullable Best best;
  private long steps;
  private int epoch = 1;
  private int done; // Batches of the epoch.
  private double lossSum; // Of these.
  private double secondsBefore; // Of the epoch, in processes that were killed.
  private TrainingResult.@Nullable End end;

  /** The best epoch so far; weights are {@code [1, parameters]}. */
  private record Best(int epoch, Scores scores, INDArray weights) {}

  /** What came out, see {@link TrainingResult}. */
  record Fitted(Weights weights, List<EpochReport> epochs, int bestEpoch, TrainingResult.End end) {}

  NetworkFit(
      TrainingSettings settings,
      Labels labels,
      int vocabularySize,
      @Nullable StartVectors vectors,
      List<Example> training,
      List<Example> validation,
      TrainingListener listener,
      BooleanSupplier stopRequested,
      LongSupplier nanoTime,
      @Nullable CheckpointWriter checkpoints) {
    this.settings = settings;
    this.labels = labels;
    this.training = training;
    this.validation = Batches.sorted(validation, settings.batchSize());
    this.listener = listener;
    this.stopRequested = stopRequested;
    this.nanoTime = nanoTime;
    this.checkpoints = checkpoints;
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

  /** Trains to the end, from the start or from where a checkpoint was taken. */
  Fitted run() {
    while (end == null) {
      long start = nanoTime.getAsLong();
      fitEpoch(start);
      boolean stopped = stopRequested.getAsBoolean();
      if (stopped) {
        save(start);
      }
      if (!stopped || best == null) {
        evaluate(start);
      }
      if (stopped) {
        return fitted(TrainingResult.End.STOP_REQUESTED);
      }
      endEpoch();
    }
    return fitted(end);
  }

  private void endEpoch() {
    if (epoch == settings.maximumEpochs()) {
      end = TrainingResult.End.COMPLETED;
    } else if (patience.waited() >= settings.patience()) {
      end = TrainingResult.End.EARLY_STOPPED;
    }
    epoch++;
    done = 0;
    lossSum = 0;
    secondsBefore = 0;
    accuracy.reset();
    if (checkpoints != null) {
      checkpoints.save(state(0), arrays());
    }
  }

  private Fitted fitted(TrainingResult.End end) {
    Best chosen = Objects.requireNonNull(best);
    graph.params().assign(chosen.weights());
    return new Fitted(Networks.weightsOf(graph, settings.network()), reports, chosen.epoch(), end);
  }

  /**
   * How the model makes scores, and how it does with them.
   *
   * @param validation on the texts that the scoring is fitted to
   */
  record Scored(Scoring scoring, Scores validation) {}

  /**
   * Fits the scoring of the weights that {@link #run} chose to the validation texts.
   *
   * @param ngrams that join the network's probabilities; null for none
   */
  Scored scored(@Nullable NgramScores ngrams) {
    List<Example> texts = validation.stream().flatMap(List::stream).toList();
    float[][] probabilities = Scores.probabilities(graph, validation);
    Scoring scoring =
        Scoring.fit(probabilities, texts, labels, classWeights, settings.selection(), ngrams);
    Scorer scorer = new Scorer(scoring.calibration(), labels.size(), scoring.ngrams());
    for (int text = 0; text < probabilities.length; text++) {
      scorer.apply(texts.get(text).ids(), probabilities[text]);
    }
    return new Scored(scoring, Scores.of(probabilities, texts, labels, classWeights));
  }

  /** Fits the batches that are left of the epoch, or those before a stop. */
  private void fitEpoch(long start) {
    List<List<Example>> batches =
        Batches.shuffled(training, settings.batchSize(), seeds.order(epoch));
    while (done < batches.size() && !stopRequested.getAsBoolean()) {
      lossSum += fitBatch(batches.get(done));
      done++;
      listener.batchDone(
          new TrainingListener.BatchReport(
              epoch,
              settings.maximumEpochs(),
              done,
              batches.size(),
              lossSum / done,
              accuracy.value()));
      if (checkpoints != null && checkpoints.isDue()) {
        save(start);
      }
    }
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
      throw new DivergedException(
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

  private void evaluate(long start) {
    if (average != null) {
      average.swap(graph.params());
    }
    Scores scores = Scores.of(graph, validation, labels, classWeights);
    requireFinite(scores.loss());
    double merit = scores.merit(settings.selection());
    boolean better = best == null || merit > best.scores().merit(settings.selection());
    if (better) {
      keep(scores);
    }
    patience.add(merit);
    lowerRateOnPlateau(merit);
    if (average != null) {
      average.swap(graph.params());
    }
    EpochReport report =
        new EpochReport(
            epoch,
            done == 0 ? 0 : lossSum / done,
            accuracy.value(),
            scores.loss(),
            scores.measures().accuracy(),
            scores.measures().macroRecall(),
            scores.measures().macroF1(),
            seconds(start),
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

  /** Of the epoch until now. */
  private double seconds(long start) {
    return secondsBefore + (nanoTime.getAsLong() - start) / 1e9;
  }

  private void keep(Scores scores) {
    if (best != null) {
      best.weights().close();
    }
    best = new Best(epoch, scores, graph.params().dup());
  }

  /** Saves a checkpoint, where they are wanted. */
  private void save(long start) {
    if (checkpoints != null) {
      checkpoints.save(state(seconds(start)), arrays());
    }
  }

  private FitState state(double seconds) {
    Best chosen = best;
    return new FitState(
        epoch,
        done,
        steps,
        lossSum,
        accuracy.seen(),
        accuracy.right(),
        seconds,
        reports,
        chosen == null
            ? null
            : new FitState.BestEpoch(
                chosen.epoch(), chosen.scores().loss(), chosen.scores().measures()),
        patience.state(),
        plateau.state(),
        plan.scale(),
        average == null ? 0 : average.steps(),
        end);
  }

  /** What training changes, by name: {@code [1, n]} each. */
  private Map<String, INDArray> arrays() {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    arrays.put("parameters", graph.params());
    INDArray updater = graph.getUpdater(true).getStateViewArray();
    if (updater != null) {
      arrays.put("updater", updater);
    }
    if (average != null) {
      arrays.put("average", average.values());
    }
    if (best != null) {
      arrays.put("best", best.weights());
    }
    return arrays;
  }

  /** Goes on where a checkpoint was taken. */
  void restore(FitState state, Weights saved) {
    epoch = state.epoch();
    done = state.batch();
    steps = state.steps();
    graph.getConfiguration().setIterationCount(Math.toIntExact(steps));
    lossSum = state.lossSum();
    accuracy.restore(state.seen(), state.right());
    secondsBefore = state.seconds();
    reports.addAll(state.epochs());
    FitState.BestEpoch chosen = state.best();
    if (chosen != null) {
      Scores scores = new Scores(chosen.loss(), chosen.measures());
      best = new Best(chosen.epoch(), scores, graph.params().dup());
    }
    patience.restore(state.patience());
    plateau.restore(state.plateau());
    plan.setScale(state.rateScale());
    if (average != null) {
      average.setSteps(state.averageSteps());
    }
    end = state.end();
    arrays().forEach((name, array) -> assign(array, saved.tensor(name)));
    listener.resumed(epoch, done);
  }

  private static void assign(INDArray array, Tensor saved) {
    if (array.length() != saved.values().length) {
      throw new InvalidInputException(
          "%s has %d numbers, but this network has %d"
              .formatted(saved.name(), saved.values().length, array.length()));
    }
    try (INDArray values = Nd4j.create(saved.values(), array.shape(), array.ordering())) {
      array.assign(values);
    }
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
