package io.sentimentstreams.cli;

import static java.util.Objects.requireNonNullElse;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.NetworkSize;
import io.sentimentstreams.model.NetworkSummary;
import io.sentimentstreams.text.TextSettings;
import io.sentimentstreams.train.DataSettings;
import io.sentimentstreams.train.Preset;
import io.sentimentstreams.train.TrainingField;
import io.sentimentstreams.train.TrainingFields;
import io.sentimentstreams.train.TrainingFile;
import io.sentimentstreams.train.TrainingSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** A preset and what differs from it. */
final class TrainingOptions {
  /** Where network and settings come from: one of the two. */
  static final class Source {
    @Option(
        names = "--preset",
        paramLabel = "PRESET",
        completionCandidates = PresetNames.class,
        description = "Network and settings: ${COMPLETION-CANDIDATES}.")
    private @Nullable String preset;

    @Option(
        names = "--network",
        paramLabel = "FILE",
        description = "Network and settings of your own: a YAML file, in the form of the presets.")
    private @Nullable Path network;

    TrainingFile file() {
      return network == null
          ? Preset.of(Objects.requireNonNull(preset)).file()
          : TrainingFile.read(network);
    }
  }

  /** The presets, for the help. */
  static final class PresetNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Preset.IDS.iterator();
    }
  }

  @ArgGroup(multiplicity = "1")
  private @Nullable Source source;

  private final List<OptionSpec> fields = new ArrayList<>();

  /** Gives a command an option for each of {@link TrainingFields}. */
  void addFields(CommandSpec command) {
    ArgGroupSpec.Builder group =
        ArgGroupSpec.builder()
            .heading("%nTraining, by default as the preset or the file has it:%n")
            .validate(false);
    for (TrainingField field : TrainingFields.ALL) {
      OptionSpec option =
          OptionSpec.builder(field.option())
              .paramLabel(field.valueLabel())
              .description(field.help())
              .completionCandidates(field.values())
              .type(String.class)
              .build();
      fields.add(option);
      group.addArg(option);
    }
    command.addArgGroup(group.build());
  }

  private Map<String, String> given() {
    Map<String, String> given = new LinkedHashMap<>();
    for (OptionSpec option : fields) {
      String value = option.getValue();
      if (value != null) {
        given.put(option.longestName(), value);
      }
    }
    return given;
  }

  private TrainingFile file() {
    if (source == null) {
      throw new InvalidInputException("give --preset NAME or --network FILE");
    }
    return source.file();
  }

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "Seed of the split and the training; the same seed gives the same model (default:"
              + " ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "Most tokens of a text that the network reads.")
  private @Nullable Integer maximumTokens;

  @Option(
      names = "--vocabulary",
      paramLabel = "N",
      description = "Most different tokens that the network knows.")
  private @Nullable Integer vocabularySize;

  @Option(
      names = "--freeze-vectors",
      description =
          "Keep the embedding's vectors as --vectors gives them: train only what is above it.")
  private boolean frozen;

  /** The network with its sizes, as far as they are known before there is data. */
  NetworkSummary summary() {
    TextSettings text = settings().text();
    return NetworkSummary.of(
        settings().network(), NetworkSize.of(text, text.vocabularySize(), file().labels()));
  }

  /** How the preset or file wants its data to be read and divided. */
  DataSettings data() {
    return file().data();
  }

  /** The settings of the preset or file with those given in their place. */
  TrainingSettings settings() {
    TrainingSettings base = file().settings();
    TrainingSettings settings = base.toBuilder().text(text(base.text())).seed(seed).build();
    TrainingSettings changed = TrainingFields.withOptions(settings, given());
    return frozen ? frozen(changed) : changed;
  }

  private static TrainingSettings frozen(TrainingSettings settings) {
    if (settings.vectors() == null) {
      throw new InvalidInputException(
          "--freeze-vectors is there, but no vectors are: name their file with --vectors");
    }
    return settings.toBuilder().network(settings.network().withFrozenEmbedding()).build();
  }

  private TextSettings text(TextSettings base) {
    return new TextSettings(
        base.tokenizer(),
        requireNonNullElse(vocabularySize, base.vocabularySize()),
        base.minimumCount(),
        requireNonNullElse(maximumTokens, base.maximumTokens()),
        base.truncation(),
        base.padding());
  }
}
