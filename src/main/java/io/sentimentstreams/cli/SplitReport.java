package io.sentimentstreams.cli;

import io.sentimentstreams.corpus.LabelledText;
import io.sentimentstreams.corpus.Split;
import io.sentimentstreams.model.Measures;
import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.model.TextClassifier;
import io.sentimentstreams.report.DataPart;
import io.sentimentstreams.report.Report;
import io.sentimentstreams.train.Evaluation;
import io.sentimentstreams.train.Judged;
import io.sentimentstreams.train.Reliability;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model says of the texts that it was not trained on, of the data that it was trained on.
 */
final class SplitReport {
  private final Split split;
  private final List<Judged> validation;
  private final List<Judged> test;
  private final TextClassifier classifier;

  /** Labels the validation and the test texts. */
  SplitReport(Split split, TextClassifier classifier, TaskProgress progress) {
    this.split = split;
    this.classifier = classifier;
    validation = judge("validation", split.validation(), progress);
    test = split.test().isEmpty() ? List.of() : judge("test", split.test(), progress);
  }

  private List<Judged> judge(String name, List<LabelledText> texts, TaskProgress progress) {
    return Evaluation.judge(
        name, classifier, texts, progress.of("labelling " + name, "texts", texts.size()));
  }

  /** The measures of each part. */
  List<Measures> measures() {
    List<Measures> measures = new ArrayList<>();
    measures.add(Evaluation.measures("validation", classifier.labels(), validation));
    if (!test.isEmpty()) {
      measures.add(Evaluation.measures("test", classifier.labels(), test));
    }
    return measures;
  }

  /** How well the scores of each part tell how often they are right, by the part's name. */
  Map<String, Reliability> reliability() {
    Map<String, Reliability> reliability = new LinkedHashMap<>();
    reliability.put("validation", Reliability.of(validation));
    if (!test.isEmpty()) {
      reliability.put("test", Reliability.of(test));
    }
    return reliability;
  }

  /**
   * The report on the test texts, or, where there are none, on those of validation.
   *
   * @param bundle of the classifier, with all that is to be shown
   * @param quotes most texts of each list
   */
  String page(ModelBundle bundle, int quotes) {
    List<DataPart> parts = new ArrayList<>();
    parts.add(DataPart.of("training", split.training(), bundle));
    parts.add(DataPart.of("validation", split.validation(), bundle));
    if (!split.test().isEmpty()) {
      parts.add(DataPart.of("test", split.test(), bundle));
    }
    boolean tested = !test.isEmpty();
    return new Report(
            bundle,
            tested ? "test" : "validation",
            tested ? test : validation,
            parts,
            tested
                ? "Neither training nor the choice of the epoch saw them."
                : "The best epoch was chosen on these texts and the scores were fitted to them: expect"
                    + " a little less on new ones.",
            quotes,
            bundle.manifest().provenance().seed())
        .html();
  }
}
