package io.sentimentstreams.cli;

import static java.util.Objects.requireNonNullElse;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.corpus.Corpus;
import io.sentimentstreams.corpus.LabelledText;
import io.sentimentstreams.corpus.Split;
import io.sentimentstreams.corpus.Splitter;
import io.sentimentstreams.model.Provenance;
import io.sentimentstreams.text.Texts;
import io.sentimentstreams.train.DataSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How labelled texts are divided into training, validation and test. */
final class SplitOptions {
  private static final String VALIDATION_GROUPS = "validationGroups";
  private static final String TEST_GROUPS = "testGroups";
  private static final String VALIDATION_SHA256 = "validationSha256";

  @Option(
      names = "--group-column",
      paramLabel = "NAME",
      description = "Column of what texts may share, such as an author (default: none).")
  private @Nullable String groupColumn;

  @Option(
      names = "--validation",
      paramLabel = "SHARE",
      description =
          "Share of the texts that chooses the best epoch (default: the preset's, or 0.1).")
  private @Nullable Double validation;

  @Option(
      names = "--validation-groups",
      split = ",",
      paramLabel = "GROUP",
      description =
          "Groups, see --group-column, whose texts are the validation part, instead of a share.")
  private Set<String> validationGroups = Set.of();

  @Option(
      names = "--test-groups",
      split = ",",
      paramLabel = "GROUP",
      description = "Groups whose texts are the test part, together with --validation-groups.")
  private Set<String> testGroups = Set.of();

  @Option(
      names = "--test",
      paramLabel = "SHARE",
      description = "Share of the texts for the final measures only (default: the preset's, or 0).")
  private @Nullable Double test;

  @Nullable String groupColumn() {
    return groupColumn;
  }

  Split split(Corpus corpus, DataSettings defaults, long seed) {
    if (validationGroups.isEmpty() && testGroups.isEmpty()) {
      return Splitter.split(corpus, validation(defaults), test(defaults), seed, Texts::normalised);
    }
    if (validationGroups.isEmpty() || validation != null || test != null) {
      throw new InvalidInputException(
          "--test-groups needs --validation-groups, and neither goes with --validation or --test");
    }
    return Splitter.split(corpus, validationGroups, testGroups, seed, Texts::normalised);
  }

  private double validation(DataSettings defaults) {
    return requireNonNullElse(validation, defaults.validation());
  }

  private double test(DataSettings defaults) {
    return requireNonNullElse(test, defaults.test());
  }

  Provenance.SplitDescription description(Split split, DataSettings defaults, long seed) {
    boolean byGroups = !validationGroups.isEmpty();
    return new Provenance.SplitDescription(
        seed,
        byGroups ? share(split.validation(), split) : validation(defaults),
        byGroups ? share(split.test(), split) : test(defaults),
        split.training().size(),
        split.validation().size(),
        split.test().size());
  }

  /** What a manifest's settings say of a split, to tell it from others of the same data. */
  Map<String, Object> notes(Split split) {
    Map<String, Object> notes = new LinkedHashMap<>();
    if (!validationGroups.isEmpty()) {
      notes.put(VALIDATION_GROUPS, joined(validationGroups));
      notes.put(TEST_GROUPS, joined(testGroups));
    }
    notes.put(VALIDATION_SHA256, sha256(split));
    return notes;
  }

  private static String sha256(Split split) {
    return Corpus.of("validation", split.validation()).sha256();
  }

  /** Whether a split is that of a training, as far as its manifest tells. */
  static boolean isSplitOf(Provenance provenance, Split split) {
    Provenance.SplitDescription was = provenance.data().split();
    Object validation = provenance.settings().get(VALIDATION_SHA256);
    return split.training().size() == was.trainingRows()
        && split.validation().size() == was.validationRows()
        && split.test().size() == was.testRows()
        && (validation == null || validation.equals(sha256(split)));
  }

  private static String joined(Set<String> groups) {
    return groups.stream().sorted().collect(Collectors.joining(","));
  }

  /**
   * Splits as a training did.
   *
   * @throws InvalidInputException where the texts cannot be split so
   */
  static Split splitAgain(Corpus corpus, Provenance provenance) {
    Provenance.SplitDescription was = provenance.data().split();
    if (provenance.settings().get(VALIDATION_GROUPS) instanceof String validation
        && provenance.settings().get(TEST_GROUPS) instanceof String test) {
      return Splitter.split(
          corpus, groups(validation), groups(test), was.seed(), Texts::normalised);
    }
    return Splitter.split(
        corpus, was.validationShare(), was.testShare(), was.seed(), Texts::normalised);
  }

  private static Set<String> groups(String joined) {
    return joined.isEmpty() ? Set.of() : Set.of(joined.split(",", -1));
  }

  private static double share(List<LabelledText> part, Split split) {
    int all = split.training().size() + split.validation().size() + split.test().size();
    return (double) part.size() / all;
  }

  /** What came out, for people. */
  static String text(Corpus corpus, Split split) {
    int used = split.training().size() + split.validation().size() + split.test().size();
    String counts =
        "%s: %,d texts with the labels %s: %,d for training, %,d for validation, %,d for test"
            .formatted(
                corpus.name(),
                corpus.texts().size(),
                String.join(", ", corpus.labels()),
                split.training().size(),
                split.validation().size(),
                split.test().size());
    int left = corpus.texts().size() - used;
    return left == 0
        ? counts
        : "%s; %,d left out, which are the same as a text of a named group".formatted(counts, left);
  }
}
