package io.sentimentstreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.corpus.Corpus;
import io.sentimentstreams.corpus.LabelledText;
import io.sentimentstreams.corpus.Split;
import io.sentimentstreams.model.Provenance;
import io.sentimentstreams.train.DataSettings;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class SplitOptionsTest {
  private static final long SEED = 1;
  private static final DataSettings DEFAULTS = new DataSettings(0.1, 0, null);

  /** Ten texts of each of the groups {@code g0} to {@code g9}; a reader without them has none. */
  private static Corpus corpus(boolean withGroups) {
    return Corpus.of(
        "texts",
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    new LabelledText(
                        "text " + i, i % 2 == 0 ? "bad" : "good", withGroups ? "g" + i / 10 : null))
            .toList());
  }

  private static Split split(SplitOptions options) {
    return options.split(corpus(true), DEFAULTS, SEED);
  }

  private static Provenance provenance(SplitOptions options, Map<String, Object> settings) {
    return new Provenance(
        Instant.EPOCH,
        new Provenance.DataDescription(
            "texts",
            corpus(true).sha256(),
            100,
            options.description(split(options), DEFAULTS, SEED)),
        SEED,
        new Provenance.Versions("1", "1", "17", "os"),
        "sentiment train",
        settings);
  }

  private static SplitOptions options(String... arguments) {
    return CommandLine.populateCommand(new SplitOptions(), arguments);
  }

  @Test
  void split_splitByNamedGroups_isTheSame() {
    SplitOptions options =
        options("--group-column=group", "--validation-groups=g3", "--test-groups=g5,g6");
    Provenance provenance = provenance(options, options.notes(split(options)));

    assertThat(TrainedDataOptions.split(corpus(true), provenance)).contains(split(options));
    assertThat(split(options).validation()).extracting(LabelledText::group).containsOnly("g3");
  }

  @Test
  void split_withoutTheGroupsOfTheTraining_isNone() {
    SplitOptions named = options("--group-column=group", "--validation-groups=g3");
    SplitOptions shared = options("--group-column=group", "--validation=0.1");

    assertThat(
            TrainedDataOptions.split(corpus(false), provenance(named, named.notes(split(named)))))
        .isEmpty();
    assertThat(
            TrainedDataOptions.split(
                corpus(false), provenance(shared, shared.notes(split(shared)))))
        .isEmpty();
    // What tells them apart is not the number of texts.
    assertThat(TrainedDataOptions.split(corpus(false), provenance(shared, Map.of()))).isPresent();
  }

  @Test
  void split_splitByShare_isTheSame() {
    SplitOptions options = options("--group-column=group", "--validation=0.2", "--test=0.1");

    assertThat(
            TrainedDataOptions.split(
                corpus(true), provenance(options, options.notes(split(options)))))
        .contains(split(options));
  }

  @Test
  void text_textsThatANamedGroupHasToo_areCountedAloud() {
    Corpus corpus =
        Corpus.of(
            "texts",
            IntStream.range(0, 20)
                .mapToObj(
                    i ->
                        new LabelledText(
                            "text " + i % 18, i % 2 == 0 ? "bad" : "good", i < 10 ? "a" : "b"))
                .toList());
    Split split =
        options("--group-column=group", "--validation-groups=a").split(corpus, DEFAULTS, SEED);

    assertThat(SplitOptions.text(corpus, split))
        .endsWith(
            "8 for training, 10 for validation, 0 for test;"
                + " 2 left out, which are the same as a text of a named group");
    assertThat(SplitOptions.text(corpus(true), split(options()))).endsWith("0 for test");
  }
}
