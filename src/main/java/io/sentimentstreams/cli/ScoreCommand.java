package io.sentimentstreams.cli;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.EventFormat;
import io.sentimentstreams.event.EventParser;
import io.sentimentstreams.event.ParsedEvent;
import io.sentimentstreams.event.TextEvent;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.model.TextClassifier;
import io.sentimentstreams.text.EncodedText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sentiment score}: labels lines of text. */
@Command(
    name = "score",
    header = "Label lines of text.",
    description =
        "%nReads one text a line and writes one JSON object a line, in the same order. Works in"
            + " batches, but never waits for a batch to fill.",
    parameterListHeading = "%nParameters:%n",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    sortSynopsis = false,
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nOutput:%n",
    footer = {
      "  {\"label\":\"positive\",\"score\":0.97,\"probabilities\":{\"negative\":0.01,...}}",
      "  with --explain also, ln(score / probability of against) being rest and contributions:",
      "  \"method\":\"exact\",\"against\":\"neutral\",\"rest\":0.1,\"tokens\":[{\"text\":\"What\",",
      "  \"start\":0,\"end\":4,\"contribution\":0.2},...]",
      "  and for a line without a text to label, such as a blank one:",
      "  {\"label\":null,\"reason\":\"empty-text\",\"detail\":\"the text is empty\"}",
      "",
      "Examples:",
      "  echo 'What a flight!' | sentiment score --model models/tweets-bilstm",
      "  sentiment score --model models/reviews-conv1d --include-text reviews.txt",
      "  sentiment score --model models/tweets-conv1d --explain tweets.txt"
    })
final class ScoreCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  private final Shell shell;
  private final EventParser parser =
      new EventParser(
          EventFormat.TEXT,
          EventParser.DEFAULT_TEXT_POINTER,
          null,
          EventParser.DEFAULT_MAXIMUM_TEXT_BYTES);

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private CommonOptions common;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private ModelOptions model;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = STANDARD_INPUT,
      description =
          "Texts in UTF-8, one a line; - for standard input (default:" + " ${DEFAULT-VALUE}).")
  private String file = STANDARD_INPUT;

  @Option(
      names = "--batch-size",
      defaultValue = "128",
      paramLabel = "N",
      description = "Most texts of one call of the model (default: ${DEFAULT-VALUE}).")
  private int batchSize;

  @Option(names = "--include-text", description = "Write the text into the JSON object too.")
  private boolean includeText;

  @Option(
      names = "--explain",
      description =
          "Write which words moved the label too: each token with its part in the log-odds of the"
              + " label against the second most probable one.")
  private boolean explain;

  ScoreCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Logs.forPeople(common.verbose);
    Logs.tellBackend();
    if (batchSize < 1) {
      throw new InvalidInputException(
          "--batch-size is %d, but must be at least 1".formatted(batchSize));
    }
    try (InputStream in = open();
        TextClassifier classifier = model.open(shell)) {
      score(in, classifier);
    }
    return ExitCode.DONE;
  }

  private InputStream open() throws IOException {
    if (file.equals(STANDARD_INPUT)) {
      // Not to be closed: closing waits for a read that is under way.
      return new UnclosedInputStream(shell.in());
    }
    Path path = Path.of(file);
    if (!Files.exists(path)) {
      throw new InvalidInputException(
          "file %s: does not exist; name a file of texts, or - for standard input".formatted(path));
    }
    if (Files.isDirectory(path)) {
      throw new InvalidInputException("file %s: is a folder; name a file of texts".formatted(path));
    }
    return Files.newInputStream(path);
  }

  private void score(InputStream in, TextClassifier classifier)
      throws IOException, InterruptedException {
    ScoreWriter writer = new ScoreWriter(classifier.labels(), includeText);
    ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    long done = 0;
    try (LineBatches lines = new LineBatches(in, batchSize);
        TaskProgress progress = new TaskProgress(shell, System::nanoTime)) {
      LongConsumer shown = shownProgress(progress);
      for (List<byte[]> batch = lines.next(); !batch.isEmpty(); batch = lines.next()) {
        score(batch, classifier, writer, buffer);
        buffer.writeTo(shell.out());
        buffer.reset();
        BrokenPipeException.flush(shell.out());
        done += batch.size();
        shown.accept(done);
      }
    }
  }

  /** On a terminal that shows the results, these tell how it goes. */
  private LongConsumer shownProgress(TaskProgress progress) {
    return shell.outIsTerminal() ? done -> {} : progress.of("labelling", "texts");
  }

  private void score(
      List<byte[]> batch, TextClassifier classifier, ScoreWriter writer, ByteArrayOutputStream to)
      throws IOException {
    List<ParsedEvent> rows = batch.stream().map(parser::parse).toList();
    List<String> texts =
        rows.stream()
            .filter(TextEvent.class::isInstance)
            .map(row -> ((TextEvent) row).text())
            .toList();
    Iterator<ScoreWriter.Answer> answers = answers(texts, classifier).iterator();
    for (ParsedEvent row : rows) {
      writer.write(row, answers, to);
    }
  }

  private List<ScoreWriter.Answer> answers(List<String> texts, TextClassifier classifier) {
    if (texts.isEmpty()) {
      return List.of();
    }
    List<EncodedText> encoded = texts.stream().map(classifier::encode).toList();
    List<Prediction> predictions = classifier.predict(encoded);
    return IntStream.range(0, texts.size())
        .mapToObj(i -> answer(texts.get(i), encoded.get(i), predictions.get(i), classifier))
        .toList();
  }

  private ScoreWriter.Answer answer(
      String text, EncodedText encoded, Prediction prediction, TextClassifier classifier) {
    return new ScoreWriter.Answer(
        prediction,
        explain
            ? classifier.explainer().explain(text, encoded, prediction, classifier::predict)
            : null);
  }
}
