package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.text.TextSettings;
import java.util.regex.Pattern;

/**
 * What a model is, apart from what it has learned.
 *
 * @param name letters, digits, {@code .}, {@code _} and {@code -}; 1 to 100 of them, the first one
 *     a letter or digit
 * @param network from token ids to probabilities
 * @param labels in the order of the network's outputs
 * @param text from text to token ids
 * @param calibration from the network's probabilities to the model's
 */
public record ModelSpec(
    String name, NetworkSpec network, Labels labels, TextSettings text, Calibration calibration) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  public ModelSpec {
    requireName(name);
    NetworkRules.requireLabels(network, labels.size());
    NetworkRules.requireText(network, text);
    calibration.requireLabels(labels.size());
  }

  /** A model that gives its network's probabilities as they are. */
  public ModelSpec(String name, NetworkSpec network, Labels labels, TextSettings text) {
    this(name, network, labels, text, Calibration.NONE);
  }

  /** What the network's sizes depend on, with a vocabulary of so many token ids. */
  NetworkSize size(int vocabulary) {
    return NetworkSize.of(text, vocabulary, labels.size());
  }

  /**
   * Checks a name before there is a model to bear it.
   *
   * @throws InvalidInputException where no model can have it
   */
  public static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidInputException(
          "model: name is \"%s\", but must be 1 to 100 letters, digits, '.', '_' or '-', a letter or digit first"
              .formatted(name));
    }
  }
}
