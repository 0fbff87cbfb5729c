package io.sentimentstreams.train;

import io.sentimentstreams.corpus.LabelledText;
import io.sentimentstreams.corpus.Split;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.NetworkSpec;
import io.sentimentstreams.model.Pooling;
import io.sentimentstreams.text.TextSettings;
import io.sentimentstreams.text.TokenizerKind;
import io.sentimentstreams.text.Truncation;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Texts of made-up words, one of which tells the label. */
final class GeneratedTexts {
  static final Labels LABELS = new Labels(List.of("bad", "good", "plain"));
  static final NetworkSpec BILSTM = NetworkSpec.biLstm(8, 6, Pooling.MAX);
  static final NetworkSpec CONV1D = NetworkSpec.conv1d(8, 12, 3, Pooling.MAX_AND_MEAN, 0);

  private static final List<List<String>> TELLING =
      List.of(List.of("awful", "boring"), List.of("lovely", "great"), List.of("table", "window"));

  private GeneratedTexts() {}

  static Split split(int training, int validation) {
    return new Split(texts(training, 1), texts(validation, 2), List.of());
  }

  /** Labels in turn; 1 to 7 words with the telling one. */
  static List<LabelledText> texts(int count, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, count).mapToObj(i -> text(i % LABELS.size(), random)).toList();
  }

  private static LabelledText text(int label, Random random) {
    StringBuilder text = new StringBuilder();
    int length = 1 + random.nextInt(7);
    int telling = random.nextInt(length);
    for (int i = 0; i < length; i++) {
      String filler = "filler" + (char) ('a' + random.nextInt(20));
      text.append(i == telling ? TELLING.get(label).get(random.nextInt(2)) : filler).append(' ');
    }
    return new LabelledText(text.toString().strip(), LABELS.name(label), null);
  }

  /** Without any regularisation. */
  static TrainingSettings settings(NetworkSpec network) {
    TextSettings text = new TextSettings(TokenizerKind.PROSE, 1_000, 1, 16, Truncation.KEEP_HEAD);
    return TrainingSettings.defaults(network, text).toBuilder()
        .batchSize(16)
        .maximumEpochs(12)
        .patience(12)
        .learningRate(2e-2)
        .wordDropout(0)
        .embeddingDropout(0)
        .outputDropout(0)
        .labelSmoothing(0)
        .averagingDecay(0)
        .build();
  }

  /** With every regularisation. */
  static TrainingSettings regularised(NetworkSpec network) {
    return settings(network).toBuilder()
        .maximumEpochs(3)
        .wordDropout(0.1)
        .embeddingDropout(0.2)
        .outputDropout(0.2)
        .labelSmoothing(0.1)
        .classWeighting(ClassWeighting.byCount(1))
        .meanScale(4)
        .l2(1e-5)
        .averagingDecay(0.9)
        .build();
  }
}
