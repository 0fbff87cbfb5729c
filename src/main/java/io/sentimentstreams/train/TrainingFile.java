package io.sentimentstreams.train;

import static java.util.Objects.requireNonNullElse;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.corpus.ConfidenceCut;
import io.sentimentstreams.model.LayerReader;
import io.sentimentstreams.text.Padding;
import io.sentimentstreams.text.TextSettings;
import io.sentimentstreams.text.TokenizerKind;
import io.sentimentstreams.text.Truncation;
import io.sentimentstreams.yaml.YamlFields;
import io.sentimentstreams.yaml.YamlNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A network with its text and training settings as a YAML file: {@code network}, a list of layers
 * ({@link LayerReader}), and as far as they differ from the defaults {@code text} and {@code
 * training}. {@code data} says how the data of a lesson is divided, and which rows are left out.
 *
 * @param description what it is for, in a line; may be empty
 * @param labels that a summary counts where there is no data
 * @param data how it is read and divided where the user does not say
 * @param settings all of them
 */
public record TrainingFile(
    String description, int labels, DataSettings data, TrainingSettings settings) {
  private static final int MOST = 1 << 30;

  /**
   * Reads a file.
   *
   * @throws InvalidInputException naming file, line and what is wrong
   */
  public static TrainingFile read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file)).from(file);
    } catch (NoSuchFileException e) {
      throw new InvalidInputException("%s: does not exist".formatted(file), e);
    } catch (CharacterCodingException e) {
      throw new InvalidInputException("%s: is not UTF-8".formatted(file), e);
    } catch (IOException e) {
      throw new InvalidInputException("%s: cannot be read (%s)".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * Reads a file's text.
   *
   * @param source the file's name, for messages
   */
  static TrainingFile parse(String source, String text) {
    try {
      return of(YamlNode.parse(text));
    } catch (InvalidInputException e) {
      throw new InvalidInputException("%s: %s".formatted(source, e.getMessage()), e);
    }
  }

  /** Reads what a file holds; errors name the line alone. */
  static TrainingFile of(YamlNode root) {
    YamlFields file =
        new YamlFields(
            root, "", List.of("description", "labels", "data", "text", "network", "training"));
    return new TrainingFile(
        requireNonNullElse(file.text("description"), ""),
        file.integer("labels", 2, 1 << 16, 2),
        data(section(file, "data", DATA)),
        settings(file));
  }

  /** The same, with a relative path of vectors starting from the folder of the file. */
  private TrainingFile from(Path file) {
    Path vectors = settings.vectors();
    return vectors == null
        ? this
        : new TrainingFile(
            description,
            labels,
            data,
            settings.toBuilder().vectors(file.resolveSibling(vectors)).build());
  }

  private static TrainingSettings settings(YamlFields file) {
    TrainingSettings defaults =
        TrainingSettings.defaults(
            LayerReader.network(file.node("network")), text(section(file, "text", TEXT)));
    return file.has("training")
        ? TrainingFields.read(section(file, "training", TrainingFields.names()), defaults)
        : defaults;
  }

  private static YamlFields section(YamlFields file, String name, List<String> known) {
    YamlNode none = new YamlNode(0, null);
    return new YamlFields(file.has(name) ? file.node(name) : none, name, known);
  }

  private static final List<String> DATA =
      List.of("validation", "test", "confidence_column", "confidence_above");

  /** Data without the confidence that a file speaks of is read all the same, with a warning. */
  private static DataSettings data(YamlFields data) {
    DataSettings base = DataSettings.DEFAULTS;
    if (data.has("confidence_column") && !data.has("confidence_above")) {
      throw data.error(
          data.node("confidence_column"),
          "confidence_column is there, but no bound: add confidence_above, such as 0.5");
    }
    ConfidenceCut confidence =
        data.has("confidence_above")
            ? new ConfidenceCut(
                data.text("confidence_column"), data.number("confidence_above", 0), false)
            : null;
    return new DataSettings(
        data.number("validation", base.validation()), data.number("test", base.test()), confidence);
  }

  private static final List<String> TEXT =
      List.of("tokenizer", "vocabulary", "minimum_count", "tokens", "truncation", "padding");

  private static TextSettings text(YamlFields text) {
    return new TextSettings(
        text.choice("tokenizer", TokenizerKind.SOCIAL),
        text.integer("vocabulary", 3, TextSettings.MAXIMUM_VOCABULARY, 20_000),
        text.integer("minimum_count", 1, MOST, 1),
        text.integer("tokens", 1, TextSettings.MAXIMUM_TOKENS, 100),
        text.choice("truncation", Truncation.KEEP_HEAD),
        text.choice("padding", Padding.NONE));
  }
}
