package io.sentimentstreams.model;

import io.sentimentstreams.text.EncodedText;
import io.sentimentstreams.text.TextEncoder;
import io.sentimentstreams.text.TextSettings;
import io.sentimentstreams.text.TokenizerKind;
import io.sentimentstreams.text.Truncation;
import io.sentimentstreams.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The bundles under {@code src/test/resources/io/sentimentstreams/model/golden}, which every later
 * version must read with the same results. {@link #main} wrote them, for format version 1; it is
 * run again only for a new format version, into folders of other names.
 */
final class GoldenBundles {
  static final List<String> NAMES = List.of("bilstm-f16", "conv1d-f32");
  static final List<String> TEXTS =
      List.of(
          "",
          "good",
          "Good flight , bad seat !",
          "not a good day",
          "nothing here is known",
          "bad bad bad bad bad bad bad bad bad bad bad bad good");

  private static final TextSettings SETTINGS =
      new TextSettings(TokenizerKind.SOCIAL, 12, 1, 8, Truncation.KEEP_BOTH_ENDS);

  private GoldenBundles() {}

  /** What a text must come to. */
  record Expected(String text, List<Integer> ids, List<Double> probabilities) {}

  /** What each of {@link #TEXTS} must come to, and the version that the bundle must have. */
  record Answers(String version, List<Expected> expected) {}

  static Path folder(String name) {
    return Path.of("src/test/resources/io/sentimentstreams/model/golden", name);
  }

  static Path answers(String name) {
    return folder(name).resolveSibling(name + ".json");
  }

  public static void main(String[] arguments) throws IOException {
    write(NAMES.get(0), NetworkSpec.biLstm(4, 3, Pooling.MAX_AND_MEAN), Precision.F16);
    write(NAMES.get(1), NetworkSpec.conv1d(4, 5, 3, Pooling.MAX, 2), Precision.F32);
  }

  private static void write(String name, NetworkSpec network, Precision precision)
      throws IOException {
    Vocabulary vocabulary =
        Vocabulary.build(
            SETTINGS, List.of("good flight bad seat", "not a day , good !", "bad day"));
    Random random = new Random(11);
    List<Tensor> tensors = new ArrayList<>();
    TensorLayout.of(network, vocabulary.size(), TestBundles.LABELS.size())
        .forEach((tensor, shape) -> tensors.add(tensor(tensor, shape, random)));
    ModelBundle bundle =
        ModelBundle.create(
            new ModelSpec(name, network, TestBundles.LABELS, SETTINGS),
            vocabulary,
            Weights.of(tensors),
            precision,
            TestBundles.provenance(),
            List.of(TestBundles.measures()));
    bundle.save(folder(name), "# " + name + "\n\nRandom weights, for a test.\n");
    TextEncoder encoder = new TextEncoder(SETTINGS, vocabulary);
    List<Expected> expected =
        TEXTS.stream().map(text -> expected(bundle, text, encoder.encode(text))).toList();
    Files.write(
        answers(name), Json.PRETTY.writeValueAsBytes(new Answers(bundle.version(), expected)));
  }

  private static Tensor tensor(String name, int[] shape, Random random) {
    float[] values = new float[Tensor.elements(name, shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Tensor(name, shape, values);
  }

  private static Expected expected(ModelBundle bundle, String text, EncodedText encoded) {
    double[] probabilities =
        ReferenceNetwork.probabilities(
            bundle.manifest().model().network(), bundle.weights(), encoded.ids());
    return new Expected(
        text,
        Arrays.stream(encoded.ids()).boxed().toList(),
        Arrays.stream(probabilities).boxed().toList());
  }
}
