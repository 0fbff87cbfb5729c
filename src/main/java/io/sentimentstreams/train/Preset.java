package io.sentimentstreams.train;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.yaml.NearestName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Training settings by name: those of the shipped models, and those of well-known lessons, as files
 * in the jar (see {@link TrainingFile}).
 *
 * @param id the name on the command line, such as {@code tweets-bilstm}
 * @param file the settings
 */
public record Preset(String id, TrainingFile file) {
  /** All names, those of the shipped models first. */
  public static final List<String> IDS =
      List.of(
          "tweets-bilstm",
          "tweets-conv1d",
          "tweets-general",
          "reviews-bilstm",
          "reviews-conv1d",
          "tweets-bilstm-lesson",
          "imdb-lstm",
          "imdb-rnn",
          "imdb-gru",
          "imdb-conv",
          "imdb-conv-gru",
          "imdb-conv-tiny",
          "news-conv",
          "news-lstm",
          "news-bilstm",
          "news-lstm-pool",
          "news-lstm-lab",
          "news-gru-lab",
          "stacked-rnn",
          "stacked-lstm",
          "birnn",
          "doc-mlp",
          "doc-ngram");

  /**
   * The preset of that name.
   *
   * @throws InvalidInputException where there is none
   */
  public static Preset of(String id) {
    if (!IDS.contains(id)) {
      throw new InvalidInputException(
          "preset \"%s\" does not exist; %s".formatted(id, NearestName.among(id, IDS)));
    }
    return new Preset(id, TrainingFile.parse("preset " + id, text(id)));
  }

  /** The settings. */
  public TrainingSettings settings() {
    return file.settings();
  }

  /** The text of its file. */
  static String text(String id) {
    String name = "presets/" + id + ".yaml";
    try (InputStream in = Preset.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
