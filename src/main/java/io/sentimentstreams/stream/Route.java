package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.EventFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One way through the stream: events of the input topics, labelled by a model, to an output topic.
 *
 * @param name lower-case letters, digits and hyphens; names processors and meters
 * @param inputs topics to read, at least one
 * @param model folder of the model's bundle
 * @param output topic of the labelled events
 * @param format what the input values are
 * @param textPointer JSON pointer to the text
 * @param idPointer JSON pointer to the id, null where the events have none
 * @param includeText whether labelled events carry the text
 * @param explainedTokens most tokens of a labelled event that say what they did for the label, 0
 *     for none at all
 * @param shadow a second model for comparison, null for none
 * @param trends how events are put together by group, null for not at all
 */
public record Route(
    String name,
    List<String> inputs,
    Path model,
    String output,
    EventFormat format,
    String textPointer,
    @Nullable String idPointer,
    boolean includeText,
    int explainedTokens,
    @Nullable Shadow shadow,
    @Nullable TrendSettings trends) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?");

  /** Most tokens that a labelled event explains: what bounds its size. */
  static final int MAXIMUM_EXPLAINED_TOKENS = 500;

  public Route {
    requireName(name);
    if (explainedTokens < 0 || explainedTokens > MAXIMUM_EXPLAINED_TOKENS) {
      throw new InvalidInputException(
          "routes.%s.explain: %d, but true, false or a number of tokens from 1 to %d is needed"
              .formatted(name, explainedTokens, MAXIMUM_EXPLAINED_TOKENS));
    }
    inputs = List.copyOf(inputs);
    if (inputs.isEmpty()) {
      throw new InvalidInputException(
          "routes.%s.inputs: empty, but at least one topic is needed".formatted(name));
    }
    String prefix = "routes." + name;
    inputs.forEach(input -> Topics.require(prefix + ".inputs", input));
    Topics.require(prefix + ".output", output);
    if (trends != null && trends.pointer() != null && format == EventFormat.TEXT) {
      throw new InvalidInputException(
          "%s.trends: \"%s\", but values of format text have no fields; give key or all"
              .formatted(prefix, trends.by()));
    }
  }

  /** The same route with another model. */
  Route with(Path other) {
    return new Route(
        name,
        inputs,
        other,
        output,
        format,
        textPointer,
        idPointer,
        includeText,
        explainedTokens,
        shadow,
        trends);
  }

  static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidInputException(
          "routes: \"%s\" is no route name; use lower-case letters, digits and hyphens, at most 64"
              .formatted(name));
    }
  }
}
