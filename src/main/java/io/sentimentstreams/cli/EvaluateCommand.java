package io.sentimentstreams.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sentimentstreams.corpus.Corpus;
import io.sentimentstreams.model.Measures;
import io.sentimentstreams.model.TextClassifier;
import io.sentimentstreams.train.Evaluation;
import io.sentimentstreams.train.Judged;
import io.sentimentstreams.train.Reliability;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sentiment evaluate}: how well a model does on labelled texts. */
@Command(
    name = "evaluate",
    header = "Measure a model on labelled texts.",
    description =
        "%nShows accuracy, precision, recall and F1 by label, the confusion, and the calibration error.",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sentiment evaluate --model models/tweets-bilstm --data Tweets.csv.gz",
      "  sentiment evaluate --model models/reviews-conv1d --data aclImdb --json",
      "  sentiment evaluate --model models/tweets-conv1d --data posts.tsv \\",
      "      --text-column body --label-column mood",
      "",
      "The labels must be among the model's. On texts that it was trained on, a model",
      "looks better than it is."
    })
final class EvaluateCommand implements Callable<Integer> {
  private final Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CommonOptions common;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private ModelOptions model;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private DataOptions data;

  @Option(
      names = "--json",
      description =
          "Write one JSON object: accuracy, macroPrecision, macroRecall, macroF1,"
              + " calibrationError, perClass, confusion (rows: true labels), rows.")
  private boolean json;

  EvaluateCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    Logs.forPeople(common.verbose);
    Logs.tellBackend();
    Outcome outcome = outcome();
    shell.out().println(json ? outcome.json() : outcome.text());
    BrokenPipeException.flush(shell.out());
    return ExitCode.DONE;
  }

  /** How well labels and scores are. */
  private record Outcome(Measures measures, Reliability reliability) {
    String json() throws JsonProcessingException {
      JsonMapper mapper = new JsonMapper();
      ObjectNode fields = mapper.valueToTree(measures);
      fields.put("calibrationError", reliability.error());
      return mapper.writeValueAsString(fields);
    }

    String text() {
      return "%s%n%n%s."
          .formatted(Evaluation.table(measures), reliability.sentence(measures.data()));
    }
  }

  private Outcome outcome() {
    try (TextClassifier classifier = model.open(shell);
        TaskProgress progress = new TaskProgress(shell, System::nanoTime)) {
      progress.now("Reading the data ...");
      Corpus corpus = data.read();
      List<Judged> judged =
          Evaluation.judge(
              corpus.name(),
              classifier,
              corpus.texts(),
              progress.of("labelling", "texts", corpus.texts().size()));
      return new Outcome(
          Evaluation.measures(corpus.name(), classifier.labels(), judged), Reliability.of(judged));
    }
  }
}
