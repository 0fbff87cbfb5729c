package io.sentimentstreams.train;

import static io.sentimentstreams.train.TrainingField.choice;
import static io.sentimentstreams.train.TrainingField.count;
import static io.sentimentstreams.train.TrainingField.countOrNone;
import static io.sentimentstreams.train.TrainingField.number;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.EmbeddingStart;
import io.sentimentstreams.model.Optimizer;
import io.sentimentstreams.train.TrainingField.Range;
import io.sentimentstreams.yaml.YamlFields;
import io.sentimentstreams.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * All settings of training: what the section {@code training} of a file and the options of the
 * command line may hold, how they are read, checked and written to a manifest.
 */
public final class TrainingFields {
  /** In the order in which they are read, shown and written. */
  public static final List<TrainingField> ALL =
      List.of(
          count(
              "batch_size",
              "Texts of a training step.",
              TrainingSettings::batchSize,
              TrainingSettings.Builder::batchSize),
          count(
                  "epochs",
                  "Most passes over the texts; decay and warm-up are planned over all of them.",
                  TrainingSettings::maximumEpochs,
                  TrainingSettings.Builder::maximumEpochs)
              .inManifests("maximumEpochs"),
          count(
              "patience",
              "Epochs without a better one before training ends.",
              TrainingSettings::patience,
              TrainingSettings.Builder::patience),
          number(
              "minimum_change",
              Range.NOT_NEGATIVE,
              "By how much an epoch must be better for patience to begin anew.",
              TrainingSettings::minimumChange,
              TrainingSettings.Builder::minimumChange),
          choice(
              "selection",
              Selection.LOSS,
              "What chooses the best epoch, on the validation texts: loss, accuracy, macro_f1 or"
                  + " macro_recall.",
              TrainingSettings::selection,
              TrainingSettings.Builder::selection),
          choice(
              "optimizer",
              Optimizer.ADAM,
              "adam or rmsprop.",
              TrainingSettings::optimizer,
              TrainingSettings.Builder::optimizer),
          number(
              "learning_rate",
              Range.POSITIVE,
              "Learning rate at its highest.",
              TrainingSettings::learningRate,
              TrainingSettings.Builder::learningRate),
          choice(
              "decay",
              Decay.LINEAR,
              "How the rate falls: none; linear or cosine, to the last step; exponential, a little"
                  + " at each step; step, after every so many epochs; plateau, after so many without"
                  + " a better one. Sets the four below to its defaults.",
              settings -> settings.schedule().decay(),
              (builder, decay) -> builder.schedule(RateSchedule.of(decay))),
          number(
              "warm_up",
              Range.SHARE,
              "Share of the planned steps over which the rate rises; linear and cosine: 0.05, else"
                  + " 0.",
              settings -> settings.schedule().warmUp(),
              (builder, value) -> builder.schedule(builder.schedule().withWarmUp(value))),
          number(
              "decay_last",
              Range.SHARE,
              "linear, cosine: share of the rate that is left at the last step; 0.02.",
              settings -> settings.schedule().last(),
              (builder, value) -> builder.schedule(builder.schedule().withLast(value))),
          number(
              "decay_factor",
              Range.FACTOR,
              "exponential: what an epoch multiplies the rate by; step, plateau: what a fall does;"
                  + " 0.5.",
              settings -> settings.schedule().factor(),
              (builder, value) -> builder.schedule(builder.schedule().withFactor(value))),
          count(
              "decay_epochs",
              "step: epochs between two falls; plateau: epochs without a better one before a fall;"
                  + " 1.",
              settings -> settings.schedule().epochs(),
              (builder, value) -> builder.schedule(builder.schedule().withEpochs(value))),
          choice(
              "embedding_start",
              EmbeddingStart.UNIFORM,
              "What word vectors start from where none are given: uniform, from -0.05 to 0.05 as in"
                  + " Keras, or normal, with a deviation of 0.1.",
              TrainingSettings::embeddingStart,
              TrainingSettings.Builder::embeddingStart),
          VectorsField.of(),
          number(
              "gradient_norm",
              Range.NOT_NEGATIVE,
              "Longest gradient of a layer (L2 norm); longer ones are scaled down to it; 0: no"
                  + " limit.",
              TrainingSettings::gradientNorm,
              TrainingSettings.Builder::gradientNorm),
          number(
              "gradient_value",
              Range.NOT_NEGATIVE,
              "Largest size of each number of the gradient, in place of gradient_norm; 0: no limit.",
              TrainingSettings::gradientValue,
              TrainingSettings.Builder::gradientValue),
          number(
              "label_smoothing",
              Range.SHARE,
              "Share of each label's probability that is spread over all labels.",
              TrainingSettings::labelSmoothing,
              TrainingSettings.Builder::labelSmoothing),
          number(
              "class_weight_exponent",
              Range.NOT_NEGATIVE,
              "Power of the weights that balance the labels in the loss: 0 weighs them alike, 1"
                  + " balances them.",
              settings -> settings.classWeighting().exponent(),
              (builder, value) -> builder.classWeighting(ClassWeighting.byCount(value))),
          ClassWeightsField.of(),
          number(
              "word_dropout",
              Range.SHARE,
              "Share of the words that are replaced by the unknown one in training.",
              TrainingSettings::wordDropout,
              TrainingSettings.Builder::wordDropout),
          number(
              "embedding_dropout",
              Range.SHARE,
              "Share of the embedding's values set to 0 in training.",
              TrainingSettings::embeddingDropout,
              TrainingSettings.Builder::embeddingDropout),
          number(
              "output_dropout",
              Range.SHARE,
              "Share of the last layer's inputs set to 0 in training.",
              TrainingSettings::outputDropout,
              TrainingSettings.Builder::outputDropout),
          number(
              "mean_scale",
              Range.POSITIVE,
              "What pooled means are multiplied by in training, to learn faster from small ones.",
              TrainingSettings::meanScale,
              TrainingSettings.Builder::meanScale),
          number(
              "l2",
              Range.NOT_NEGATIVE,
              "Weight of the squared weights in the loss.",
              TrainingSettings::l2,
              TrainingSettings.Builder::l2),
          number(
              "averaging_decay",
              Range.SHARE,
              "Decay per step of the moving average of the weights, which is what is kept; 0: the"
                  + " weights themselves.",
              TrainingSettings::averagingDecay,
              TrainingSettings.Builder::averagingDecay),
          countOrNone(
              "ngrams",
              "Most n-grams of 1 to 3 tokens with scores of their own beside the network's; 0:"
                  + " none.",
              TrainingSettings::ngrams,
              TrainingSettings.Builder::ngrams),
          countOrNone(
              "character_ngrams",
              "Longest n-gram of characters that the n-grams' scores are learned with, so that"
                  + " words that look alike have like ones; 0: none.",
              TrainingSettings::characterNgrams,
              TrainingSettings.Builder::characterNgrams));

  private TrainingFields() {}

  /** The names in files. */
  static List<String> names() {
    return ALL.stream().map(TrainingField::name).toList();
  }

  /** Settings with those of a file's section in their place. */
  static TrainingSettings read(YamlFields section, TrainingSettings base) {
    return read(section, field -> field, base);
  }

  /**
   * Settings with those of the command line in their place.
   *
   * @param options values by {@link TrainingField#option}
   * @throws InvalidInputException naming the option that cannot be used
   */
  public static TrainingSettings withOptions(TrainingSettings base, Map<String, String> options) {
    Map<String, YamlNode> nodes = new LinkedHashMap<>();
    options.forEach((option, value) -> nodes.put(option, YamlNode.ofText(value)));
    YamlFields fields = new YamlFields(new YamlNode(0, nodes), "", List.copyOf(options.keySet()));
    return read(fields, name -> "--" + name.replace('_', '-'), base);
  }

  private static TrainingSettings read(
      YamlFields fields, UnaryOperator<String> key, TrainingSettings base) {
    requireOne(fields, key.apply("gradient_norm"), key.apply("gradient_value"));
    requireOne(fields, key.apply("class_weight_exponent"), key.apply("class_weights"));
    TrainingSettings.Builder builder = base.toBuilder();
    for (TrainingField field : ALL) {
      field.read(fields, key.apply(field.name()), builder);
    }
    return builder.build();
  }

  /** Of two fields that say different things of one matter, only one can hold. */
  private static void requireOne(YamlFields fields, String one, String other) {
    if (isSet(fields, one) && isSet(fields, other)) {
      throw fields.error(
          fields.node(other), "%s is given besides %s: leave one out".formatted(other, one));
    }
  }

  /** Whether the field is there and not 0, which stands for nothing. */
  private static boolean isSet(YamlFields fields, String name) {
    return fields.has(name)
        && !(fields.node(name).value() instanceof Number number && number.doubleValue() == 0);
  }

  /** Checks all of some settings. */
  static void require(TrainingSettings settings) {
    ALL.forEach(field -> field.require(settings));
  }

  /** All of some settings by their names in manifests, in order. */
  static Map<String, Object> describe(TrainingSettings settings) {
    Map<String, Object> described = new LinkedHashMap<>();
    for (TrainingField field : ALL) {
      Optional<Object> value = field.described().apply(settings);
      value.ifPresent(known -> described.put(field.setting(), known));
    }
    return described;
  }
}
