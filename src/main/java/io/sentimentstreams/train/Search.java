package io.sentimentstreams.train;

import io.sentimentstreams.corpus.Split;
import io.sentimentstreams.model.EpochReport;
import io.sentimentstreams.model.Labels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Trains the runs of a {@link SearchSpace} one after the other. After a kill it goes on with the
 * run that was interrupted, from its checkpoint, to the same results.
 */
public final class Search {
  private final SearchFolder folder;
  private final LongSupplier nanoTime;

  /**
   * A search.
   *
   * @param folder for results and checkpoints
   * @param nanoTime a clock in nanoseconds, for the reports
   */
  public Search(Path folder, LongSupplier nanoTime) {
    this.folder = new SearchFolder(folder);
    this.nanoTime = nanoTime;
  }

  /** Told of a search's progress, on the calling thread. */
  public interface Listener {
    /**
     * A run begins.
     *
     * @return told of its progress
     */
    TrainingListener begins(SearchRun run);

    /** A run is over, in this process or in one before. */
    void done(SearchResult result);

    /** A run is over that is better than all before it: its model is to be kept. */
    void best(SearchRun run, TrainingResult result);
  }

  /**
   * Makes the folder, and checks that no other search's would be overwritten.
   *
   * @param resume whether the runs that it holds are wanted
   */
  public void requireUsable(boolean resume) {
    folder.requireUsable(resume);
  }

  /**
   * Trains all runs that are not done.
   *
   * @param measure that ranks them
   * @param stop asked before each step; a run that is stopped is not done
   * @return the results, the best first
   */
  public List<SearchResult> run(
      List<SearchRun> runs,
      Selection measure,
      Split split,
      Labels labels,
      Listener listener,
      BooleanSupplier stop) {
    List<SearchResult> results = new ArrayList<>();
    for (SearchRun run : runs) {
      if (stop.getAsBoolean()) {
        break;
      }
      Map<String, String> of = TrainingIdentity.of(split, labels, run.settings());
      Optional<SearchResult> known = folder.result(run.number(), of);
      Optional<SearchResult> result =
          known.isPresent()
              ? known
              : train(run, of, results, measure, split, labels, listener, stop);
      result.ifPresent(results::add);
      result.ifPresent(listener::done);
    }
    return SearchFolder.ranked(results, measure);
  }

  private Optional<SearchResult> train(
      SearchRun run,
      Map<String, String> of,
      List<SearchResult> before,
      Selection measure,
      Split split,
      Labels labels,
      Listener listener,
      BooleanSupplier stop) {
    long start = nanoTime.getAsLong();
    Checkpoints checkpoints = folder.checkpoints(run.number());
    checkpoints.requireUsable();
    SearchResult result;
    try {
      TrainingResult trained =
          new Trainer(nanoTime)
              .fit(split, labels, run.settings(), listener.begins(run), stop, checkpoints);
      if (trained.end() == TrainingResult.End.STOP_REQUESTED) {
        return Optional.empty();
      }
      result = result(run, trained);
      double merit = result.merit(measure);
      if (before.stream().allMatch(other -> merit > other.merit(measure))) {
        listener.best(run, trained);
      }
    } catch (DivergedException e) {
      result =
          SearchResult.failed(
              run, String.valueOf(e.getMessage()), (nanoTime.getAsLong() - start) / 1e9);
    }
    folder.keep(result, of);
    return Optional.of(result);
  }

  private static SearchResult result(SearchRun run, TrainingResult trained) {
    return new SearchResult(
        run.number(),
        run.plain(),
        null,
        trained.epochs().size(),
        trained.bestEpoch(),
        trained.validationLoss(),
        trained.validation().accuracy(),
        trained.validation().macroRecall(),
        trained.validation().macroF1(),
        trained.epochs().stream().mapToDouble(EpochReport::seconds).sum());
  }
}
