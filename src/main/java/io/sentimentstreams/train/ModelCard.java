package io.sentimentstreams.train;

import io.sentimentstreams.corpus.ConfidenceCut;
import io.sentimentstreams.model.Calibration;
import io.sentimentstreams.model.ClassMeasures;
import io.sentimentstreams.model.EpochReport;
import io.sentimentstreams.model.FileDigest;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Measures;
import io.sentimentstreams.model.ModelManifest;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.model.Provenance;
import io.sentimentstreams.text.TextSettings;
import io.sentimentstreams.text.TokenizerKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The {@code MODEL.md} of a bundle: what a reader should know of a model before using it (Mitchell
 * et al. 2019, Model Cards for Model Reporting).
 */
public final class ModelCard {
  /**
   * What the model says of a text.
   *
   * @param text written for this purpose, not from the data
   */
  public record Output(String text, Prediction prediction) {}

  private final ModelManifest manifest;
  private final Labels labels;
  private final StringBuilder card = new StringBuilder();

  private ModelCard(ModelManifest manifest) {
    this.manifest = manifest;
    labels = manifest.model().labels();
  }

  /** Texts of the kind that the model is for, written for this project, to show its outputs. */
  public static List<String> exampleTexts(TokenizerKind tokenizer) {
    return switch (tokenizer) {
      case SOCIAL ->
          List.of(
              "Thank you for the quick rebooking, you saved my trip :)",
              "Three hours in the queue and nobody tells us anything. Never again!!!",
              "Does the 6 pm flight to Lisbon still leave from gate 12?",
              "The staff were not friendly at all",
              "Great, another delay. Just what I needed.");
      case PROSE ->
          List.of(
              "A warm and funny film. I laughed all the way through and left with a smile.",
              "Not even its good actors could save this dull script.",
              "It was not bad at all.",
              "The film runs for 110 minutes and was shot in Prague.",
              "The first half drags, but the ending is worth the wait.");
      case WORDS ->
          List.of(
              "A warm and funny film, I left it with a smile",
              "Three hours in the queue and nobody tells us anything",
              "It was not bad at all",
              "Does the 6 pm flight to Lisbon still leave from gate 12?",
              "The new drive is twice as fast, but I cannot get its driver to load");
    };
  }

  /**
   * The card in Markdown.
   *
   * @param reliability of the scores, by the name of the data; may be empty
   * @param epochs of the training, may be empty
   * @param outputs to show, may be empty
   */
  public static String markdown(
      ModelManifest manifest,
      Map<String, Reliability> reliability,
      List<EpochReport> epochs,
      List<Output> outputs) {
    ModelCard card = new ModelCard(manifest);
    card.addHead();
    card.addData();
    card.addUse();
    for (Measures measures : manifest.measures()) {
      card.addMeasures(measures);
      Reliability scores = reliability.get(measures.data());
      if (scores != null) {
        card.addSentence(scores.sentence(measures.data()) + ".");
      }
      LinearBaseline.verdict(manifest.measures(), measures).ifPresent(card::addSentence);
    }
    card.addOutputs(outputs);
    card.addTraining(epochs);
    return card.card.toString();
  }

  private void addHead() {
    line("# %s", manifest.model().name());
    line("");
    line(
        "Labels a text %s. %s",
        labels.names().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", ")),
        NetworkText.of(manifest));
    line("");
    TextSettings text = manifest.model().text();
    line(
        "It reads at most %,d tokens of a text (%s), cut by the `%s` tokenizer; its vocabulary has"
            + " at most %,d tokens, each in at least %d training texts, and a token outside it"
            + " counts as unknown.",
        text.maximumTokens(),
        switch (text.truncation()) {
          case KEEP_HEAD -> "the first ones";
          case KEEP_TAIL -> "the last ones";
          case KEEP_BOTH_ENDS -> "a quarter from its start, the rest from its end";
        },
        text.tokenizer().name().toLowerCase(Locale.ROOT),
        text.vocabularySize(),
        text.minimumCount());
    line("");
  }

  private void addData() {
    Provenance.DataDescription data = manifest.provenance().data();
    Provenance.SplitDescription split = data.split();
    line("## Data");
    line("");
    line("`%s`, %,d labelled texts (SHA-256 `%s`).", data.name(), data.rows(), data.sha256());
    line("");
    line("%s", DataNotes.of(data.name()));
    line("");
    addLeftOut(manifest.provenance().settings());
    addVectors(manifest.provenance().settings());
    line(
        "Split with seed %d: %,d texts to train on, %,d to validate on, %,d kept for a test. The"
            + " same text, apart from case, white space, links and @names, is never on two sides.",
        split.seed(), split.trainingRows(), split.validationRows(), split.testRows());
    line("");
  }

  private void addLeftOut(Map<String, Object> settings) {
    Object rows = settings.get(ConfidenceCut.UNCERTAIN_ROWS);
    Object column = settings.get(ConfidenceCut.COLUMN);
    Object above = settings.get(ConfidenceCut.ABOVE);
    if (rows != null && column != null && above != null) {
      line("Left out of it: %s texts whose `%s` is not above %s.", rows, column, above);
      line("");
    }
  }

  private void addVectors(Map<String, Object> settings) {
    if (settings.get(VectorCoverage.FILE) instanceof String file
        && settings.get(VectorCoverage.VOCABULARY_SHARE) instanceof Double vocabulary
        && settings.get(VectorCoverage.TOKEN_SHARE) instanceof Double tokens) {
      line(
          "The embedding started from the vectors of `%s`, which training %s. They are for %.1f%%"
              + " of the vocabulary, and for %.1f%% of the tokens that the network reads in"
              + " training; the others started from zeros.",
          file,
          manifest.model().network().embedding().trainable() ? "changed" : "did not change",
          100 * vocabulary,
          100 * tokens);
      line("");
    }
  }

  private void addUse() {
    line("## Use and limits");
    line("");
    line(
        "For labelling many texts of the kind it was trained on, to see a trend or to choose what a"
            + " person reads first. Not for decisions about a person, and not as the only judge of"
            + " a single text: the measures below say how often it is wrong.");
    line("");
    line("- It has learned from English texts of one source and one time; expect worse elsewhere.");
    line("- Irony, quotations, and comparisons are often misread; so are texts of mixed feeling.");
    line("- It gives each text one of its labels, even one that fits none or has no known word.");
    line("- %s", scores());
    line("- The data's own slant, in topics, names and who wrote it, is in the model too.");
    line("");
  }

  private String scores() {
    Calibration calibration = manifest.model().calibration();
    if (calibration.equals(Calibration.NONE)) {
      return "The score is the network's own probability; it is not calibrated.";
    }
    return format(
        "The score is calibrated on the validation texts (temperature %.2f%s): on texts like those,"
            + " scores around 0.9 are right about nine times in ten.",
        calibration.temperature(),
        manifest.ngrams().equals(FileDigest.NONE)
            ? ""
            : ", joined by the scores of n-grams of 1 to 3 tokens");
  }

  private void addMeasures(Measures measures) {
    line("## Measures: %s", measures.data());
    line("");
    line(
        "%,d texts, accuracy %.4f, macro recall %.4f, macro F1 %.4f.",
        measures.rows(), measures.accuracy(), measures.macroRecall(), measures.macroF1());
    if (measures.data().equals("validation")) {
      line(
          "The best epoch was chosen on these texts and the scores were fitted to them, so expect a"
              + " little less on new ones.");
    }
    line("");
    line("| label | precision | recall | F1 | texts |");
    line("|---|---|---|---|---|");
    for (ClassMeasures label : measures.perClass()) {
      line(
          "| %s | %.4f | %.4f | %.4f | %,d |",
          cell(label.label()), label.precision(), label.recall(), label.f1(), label.support());
    }
    line(
        "| macro mean | %.4f | %.4f | %.4f | %,d |",
        measures.macroPrecision(), measures.macroRecall(), measures.macroF1(), measures.rows());
    line("");
    addConfusion(measures);
  }

  private void addSentence(String sentence) {
    line("%s%s", sentence.substring(0, 1).toUpperCase(Locale.ROOT), sentence.substring(1));
    line("");
  }

  private void addConfusion(Measures measures) {
    String names = labels.names().stream().map(ModelCard::cell).collect(Collectors.joining(" | "));
    line("| true \\ labelled | %s |", names);
    line("|---|%s", "---|".repeat(labels.size()));
    for (int truth = 0; truth < labels.size(); truth++) {
      String counts =
          measures.confusion().get(truth).stream()
              .map(count -> format("%,d", count))
              .collect(Collectors.joining(" | "));
      line("| %s | %s |", cell(labels.name(truth)), counts);
    }
    line("");
  }

  private void addOutputs(List<Output> outputs) {
    if (outputs.isEmpty()) {
      return;
    }
    line("## Example outputs");
    line("");
    line("| text | label | score |");
    line("|---|---|---|");
    for (Output output : outputs) {
      line(
          "| %s | %s | %.3f |",
          cell(output.text()),
          cell(labels.name(output.prediction().label())),
          output.prediction().score());
    }
    line("");
  }

  private void addTraining(List<EpochReport> epochs) {
    Provenance provenance = manifest.provenance();
    line("## Training");
    line("");
    line("Trained %s by", provenance.created());
    line("");
    line("    %s", provenance.commandLine().replace("\n", " "));
    line("");
    addEpochs(epochs);
    line("| setting | value |");
    line("|---|---|");
    line("| seed | %d |", provenance.seed());
    for (Map.Entry<String, Object> setting : provenance.settings().entrySet()) {
      line("| %s | %s |", setting.getKey(), cell(setting.getValue().toString()));
    }
    line("");
    Provenance.Versions versions = provenance.versions();
    line(
        "sentiment-streams %s, Deeplearning4j %s, Java %s, %s.",
        versions.project(), versions.dl4j(), versions.java(), versions.os());
  }

  private void addEpochs(List<EpochReport> epochs) {
    if (epochs.isEmpty()) {
      return;
    }
    line(
        "| epoch | training loss | validation loss | validation accuracy | validation macro recall"
            + " | validation macro F1 |");
    line("|---|---|---|---|---|---|");
    for (EpochReport epoch : epochs) {
      line(
          "| %d | %.4f | %.4f | %.4f | %.4f | %.4f |",
          epoch.epoch(),
          epoch.trainingLoss(),
          epoch.validationLoss(),
          epoch.validationAccuracy(),
          epoch.validationMacroRecall(),
          epoch.validationMacroF1());
    }
    line("");
    if (!manifest.ngrams().equals(FileDigest.NONE)) {
      line("The epochs' measures are the network's alone, before n-grams join it.");
      line("");
    }
  }

  private void line(String format, Object... arguments) {
    card.append(format(format, arguments)).append('\n');
  }

  /** A table cell: one line, no bar that would end it. */
  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
