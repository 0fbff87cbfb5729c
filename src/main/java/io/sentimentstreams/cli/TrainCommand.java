package io.sentimentstreams.cli;

import io.sentimentstreams.corpus.Corpus;
import io.sentimentstreams.corpus.Split;
import io.sentimentstreams.corpus.VectorFile;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Measures;
import io.sentimentstreams.text.Tokenizer;
import io.sentimentstreams.train.Checkpoints;
import io.sentimentstreams.train.Evaluation;
import io.sentimentstreams.train.LinearBaseline;
import io.sentimentstreams.train.Trainer;
import io.sentimentstreams.train.TrainingResult;
import io.sentimentstreams.train.TrainingSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sentiment train}: from labelled texts to a model bundle. */
@Command(
    name = "train",
    header = "Train a model on labelled texts.",
    description =
        "%nWrites the model as a bundle: a folder with weights, vocabulary, manifest and model"
            + " card. Ctrl-C ends the training and keeps the best so far.",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sentiment train --data Tweets.csv.gz --preset tweets-bilstm --out models/mine",
      "  sentiment train --data aclImdb --preset reviews-conv1d --out models/films",
      "  sentiment train --data posts.tsv --text-column body --label-column mood \\",
      "      --preset tweets-conv1d --epochs 5 --test 0.1 --out models/moods",
      "  sentiment train --data aclImdb --preset imdb-lstm --out models/films \\",
      "      --checkpoint films.training --resume",
      "  sentiment train --preset imdb-lstm --summary"
    })
final class TrainCommand implements Callable<Integer> {
  private final Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CommonOptions common;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private DataOptions data;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private SplitOptions parts;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private BundleOptions bundles;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private TrainingOptions training;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CheckpointOptions checkpointing;

  // "help" is deprecated, but nothing else lets an option do without the required ones.
  @SuppressWarnings("deprecation")
  @Option(
      names = "--summary",
      help = true,
      description =
          "Print each layer with its output's shape and its parameters, and train nothing; needs"
              + " neither --data nor --out.")
  private boolean summary;

  @Option(
      names = "--no-baseline",
      description =
          "Do not train a linear model of n-grams on the same texts to compare the network with.")
  private boolean withoutBaseline;

  private TrainCommand(Shell shell) {
    this.shell = shell;
  }

  /** The command with all its options. */
  static CommandLine of(Shell shell) {
    TrainCommand command = new TrainCommand(shell);
    CommandLine line = new CommandLine(command);
    command.training.addFields(line.getCommandSpec());
    return line;
  }

  @Override
  public Integer call() {
    Logs.forPeople(common.verbose);
    if (summary) {
      shell.out().print(SummaryTable.of(training.summary()));
      return ExitCode.DONE;
    }
    TrainingSettings settings = training.settings();
    bundles.requireUsable();
    if (settings.vectors() != null) {
      VectorFile.require(settings.vectors(), settings.network().embeddingSize());
    }
    Checkpoints checkpoints = checkpointing.checkpoints();
    try (TrainingProgress progress = new TrainingProgress(shell, System::nanoTime)) {
      progress.tasks().now("Reading the data ...");
      Corpus corpus = data.read(parts.groupColumn(), training.data().confidence());
      Split split = parts.split(corpus, training.data(), settings.seed());
      progress.say(SplitOptions.text(corpus, split));
      train(corpus, split, settings, progress, checkpoints);
    }
    return ExitCode.DONE;
  }

  private void train(
      Corpus corpus,
      Split split,
      TrainingSettings settings,
      TrainingProgress progress,
      @Nullable Checkpoints checkpoints) {
    String goingOn = checkpoints == null ? "" : " --resume goes on from here later.";
    Runnable told =
        () ->
            progress.say(
                "Stopping: the best so far is kept.%s Ctrl-C again ends at once."
                    .formatted(goingOn));
    try (StopRequest stop = new StopRequest(shell.signals(), told)) {
      progress.tasks().now("Counting words, preparing the network ...");
      TrainingResult result =
          new Trainer(System::nanoTime)
              .train(split, new Labels(corpus.labels()), settings, progress, stop, checkpoints);
      progress.say(ending(result));
      List<Measures> baseline =
          withoutBaseline || stop.getAsBoolean() ? List.of() : baseline(split, result, progress);
      BundleOptions.Saved saved =
          bundles.save(
              new BundleOptions.Trained(
                  corpus,
                  split,
                  parts.description(split, training.data(), settings.seed()),
                  result,
                  CommandText.of(spec),
                  notes(corpus, split)),
              baseline,
              progress.tasks());
      if (checkpoints != null && result.end() != TrainingResult.End.STOP_REQUESTED) {
        checkpoints.delete();
      }
      progress.close();
      List<Measures> measures = saved.bundle().manifest().measures();
      for (Measures one : measures) {
        print(one);
      }
      saved.sentences().forEach(shell.out()::println);
      for (Measures one : measures) {
        LinearBaseline.verdict(measures, one).ifPresent(shell.out()::println);
      }
      shell.out().println("The model is in " + bundles.out() + ".");
    }
  }

  private Map<String, Object> notes(Corpus corpus, Split split) {
    Map<String, Object> notes = new LinkedHashMap<>(parts.notes(split));
    notes.putAll(data.notes(corpus, training.data().confidence()));
    return notes;
  }

  /** The measures of a linear model on the parts of the data that the network is measured on. */
  private static List<Measures> baseline(
      Split split, TrainingResult result, TrainingProgress progress) {
    progress.say("Training a linear model of n-grams, to compare with ...");
    LinearBaseline linear =
        LinearBaseline.train(
            result.labels(),
            Tokenizer.of(result.settings().text().tokenizer()),
            split.training(),
            progress.tasks().of("linear model", "labels", result.labels().size()));
    List<Measures> measures = new ArrayList<>();
    measures.add(linear.evaluate("validation", split.validation()));
    if (!split.test().isEmpty()) {
      measures.add(linear.evaluate("test", split.test()));
    }
    return measures;
  }

  private static String ending(TrainingResult result) {
    String why =
        switch (result.end()) {
          case COMPLETED -> "All epochs are done";
          case EARLY_STOPPED -> "It does not get better";
          case STOP_REQUESTED -> "Stopped";
        };
    return "%s: the weights of epoch %d are kept.".formatted(why, result.bestEpoch());
  }

  private void print(Measures measures) {
    shell.out().println(Evaluation.table(measures));
    shell.out().println();
  }
}
