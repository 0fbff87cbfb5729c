package io.sentimentstreams.report;

import io.sentimentstreams.corpus.LabelledText;
import io.sentimentstreams.model.EpochReport;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.train.Evaluation;
import io.sentimentstreams.train.Judged;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Reports on a small bundle, with texts that want to be more than text. */
final class TestReports {
  static final String SCRIPT = "<script>document.title='owned'</script>";

  static final List<String> HOSTILE =
      List.of(
          SCRIPT,
          "</blockquote></main><h1>other page</h1>",
          "\"><img src=x onerror=alert(1)>",
          "<svg/onload=alert(1)>",
          "<!-- <a href='https://example.com/'>link</a>",
          "${page.name()} #{1} @if(true) {{7*7}}",
          "\u202ebackwards\u202c and \u0000 and \ud800 and \ufeff",
          "&lt;b&gt; &amp; &#60;",
          "<style>body{display:none}</style>",
          "<meta http-equiv=refresh content='0;url=https://example.com/'>",
          "W".repeat(2000),
          "Z\u0335\u0336\u0337\u0338".repeat(100));

  private TestReports() {}

  static ModelBundle bundle() {
    Path golden = Path.of("src/test/resources/io/sentimentstreams/model/golden/conv1d-f32");
    ModelBundle bundle = ModelBundle.load(golden);
    Labels labels = bundle.manifest().model().labels();
    long[][] network = new long[labels.size()][labels.size()];
    long[][] linear = new long[labels.size()][labels.size()];
    for (int label = 0; label < labels.size(); label++) {
      network[label][label] = 7;
      network[label][0] += 2;
      linear[label][label] = 8;
      linear[label][0] += 1;
    }
    return bundle
        .withMeasures(
            List.of(
                Evaluation.measures("validation", labels, network),
                Evaluation.measures("validation, linear baseline", labels, linear)))
        .withEpochs(
            List.of(
                new EpochReport(1, 1.1, 0.4, 1.0, 0.5, 0.45, 0.44, 30, true),
                new EpochReport(2, 0.8, 0.6, 0.7, 0.7, 0.65, 0.64, 30, true),
                new EpochReport(3, 0.6, 0.7, 0.75, 0.68, 0.63, 0.62, 31, false)));
  }

  /** A report on texts of all labels, some right and some wrong. */
  static Report report(int quotes) {
    return report(bundle(), quotes);
  }

  static Report report(ModelBundle bundle, int quotes) {
    Labels labels = bundle.manifest().model().labels();
    List<Judged> judged = new ArrayList<>();
    for (int row = 0; row < 60; row++) {
      String text = HOSTILE.get(row % HOSTILE.size());
      int truth = row % labels.size();
      float score = 0.5f + 0.49f * (row % 7) / 6;
      int said = row % 4 == 0 ? (truth + 1) % labels.size() : truth;
      judged.add(
          new Judged(
              new LabelledText(text, labels.name(truth), null),
              truth,
              prediction(labels.size(), said, score),
              3 + row % 40));
    }
    List<LabelledText> texts = judged.stream().map(Judged::text).toList();
    return new Report(
        bundle,
        "validation",
        judged,
        List.of(DataPart.of("validation", texts, bundle)),
        "A note.",
        quotes,
        7);
  }

  private static Prediction prediction(int labels, int said, float score) {
    float[] probabilities = new float[labels];
    IntStream.range(0, labels)
        .forEach(
            label -> probabilities[label] = label == said ? score : (1 - score) / (labels - 1));
    return Prediction.of(probabilities);
  }
}
