package io.sentimentstreams.cli;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.bench.Subject;
import io.sentimentstreams.model.NetworkSpec;
import io.sentimentstreams.model.Pooling;
import io.sentimentstreams.text.TextSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Networks with random weights, by their shapes. */
final class NetworkOptions {
  /** Kinds of network. */
  enum Kind {
    BILSTM,
    CONV1D;

    /** Reads a kind's name in any case. */
    static final class Converter implements ITypeConverter<Kind> {
      @Override
      public Kind convert(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
          case "bilstm" -> BILSTM;
          case "conv1d" -> CONV1D;
          default ->
              throw new TypeConversionException(
                  "\"%s\" is no network: give bilstm or conv1d".formatted(value));
        };
      }
    }
  }

  @Option(
      names = "--network",
      completionCandidates = Candidates.Networks.class,
      split = ",",
      paramLabel = "KIND",
      converter = Kind.Converter.class,
      description = "Networks with random weights instead of models: bilstm, conv1d.")
  private List<Kind> kinds = new ArrayList<>();

  @Option(
      names = "--vocabulary",
      defaultValue = "20000",
      paramLabel = "N",
      description = "Token ids of --network (default: ${DEFAULT-VALUE}).")
  private int vocabulary;

  @Option(
      names = "--embedding",
      defaultValue = "128",
      paramLabel = "N",
      description = "Length of its embedding vectors (default: ${DEFAULT-VALUE}).")
  private int embedding;

  @Option(
      names = "--units",
      defaultValue = "64",
      paramLabel = "N",
      description = "bilstm: units of each direction (default: ${DEFAULT-VALUE}).")
  private int units;

  @Option(
      names = "--filters",
      defaultValue = "128",
      paramLabel = "N",
      description = "conv1d: filters (default: ${DEFAULT-VALUE}).")
  private int filters;

  @Option(
      names = "--width",
      defaultValue = "5",
      paramLabel = "N",
      description = "conv1d: tokens that a filter spans (default: ${DEFAULT-VALUE}).")
  private int width;

  @Option(
      names = "--dense",
      defaultValue = "64",
      paramLabel = "N",
      description = "conv1d: units of the dense layer, 0 for none (default: ${DEFAULT-VALUE}).")
  private int dense;

  boolean areGiven() {
    return !kinds.isEmpty();
  }

  /** The networks, made. */
  List<Subject> subjects(long seed) {
    if (vocabulary < 3 || vocabulary > TextSettings.MAXIMUM_VOCABULARY) {
      throw new InvalidInputException(
          "--vocabulary is %d, but must be from 3 to %d"
              .formatted(vocabulary, TextSettings.MAXIMUM_VOCABULARY));
    }
    return kinds.stream()
        .distinct()
        .map(kind -> Subject.random(network(kind), vocabulary, seed))
        .toList();
  }

  private NetworkSpec network(Kind kind) {
    return switch (kind) {
      case BILSTM -> NetworkSpec.biLstm(embedding, units, Pooling.MAX);
      case CONV1D -> NetworkSpec.conv1d(embedding, filters, width, Pooling.MAX, dense);
    };
  }
}
