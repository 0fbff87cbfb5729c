package io.sentimentstreams.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SplitterTest {

  private static Split split(List<LabelledText> texts, double validation, double test, long seed) {
    return Splitter.split(
        Corpus.of("made", texts), validation, test, seed, SplitterTest::normalised);
  }

  private static String normalised(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static Stream<List<LabelledText>> parts(Split split) {
    return Stream.of(split.training(), split.validation(), split.test());
  }

  /** So many different texts, each third one labelled "a", the others "b". */
  private static List<LabelledText> distinct(int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> new LabelledText("text " + i, i % 3 == 0 ? "a" : "b", null))
        .toList();
  }

  private static Map<String, Long> counts(List<LabelledText> texts) {
    return texts.stream()
        .collect(Collectors.groupingBy(LabelledText::label, Collectors.counting()));
  }

  @Test
  void split_distinctTexts_keepsSharesOfEachLabel() {
    Split split = split(distinct(300), 0.1, 0.2, 1);

    assertThat(counts(split.training())).isEqualTo(Map.of("a", 70L, "b", 140L));
    assertThat(counts(split.validation())).isEqualTo(Map.of("a", 10L, "b", 20L));
    assertThat(counts(split.test())).isEqualTo(Map.of("a", 20L, "b", 40L));
  }

  @Test
  void split_noTestShare_leavesTestEmpty() {
    Split split = split(distinct(100), 0.2, 0, 1);

    assertThat(split.test()).isEmpty();
    assertThat(split.validation()).hasSize(20);
  }

  @Test
  void split_conflictingLabelsOfOneText_stayTogether() {
    List<LabelledText> texts = new ArrayList<>(distinct(30));
    texts.add(new LabelledText("Same", "a", null));
    texts.add(new LabelledText("same", "b", null));

    for (long seed = 0; seed < 20; seed++) {
      assertThat(parts(split(texts, 0.3, 0.2, seed)))
          .filteredOn(
              part -> part.stream().anyMatch(text -> normalised(text.text()).equals("same")))
          .hasSize(1);
    }
  }

  @Test
  void split_parts_areShuffled() {
    List<LabelledText> texts = distinct(300);
    List<LabelledText> training = split(texts, 0.1, 0, 1).training();

    assertThat(training)
        .isNotEqualTo(texts.stream().filter(Set.copyOf(training)::contains).toList());
  }

  @Test
  void split_labelOfOneFamily_goesToTraining() {
    List<LabelledText> texts = new ArrayList<>(distinct(30));
    texts.add(new LabelledText("rare", "c", null));

    for (long seed = 0; seed < 20; seed++) {
      assertThat(counts(split(texts, 0.4, 0.4, seed).training())).containsEntry("c", 1L);
    }
  }

  @Test
  void split_everythingInOneGroup_isRefused() {
    List<LabelledText> texts =
        distinct(30).stream()
            .map(text -> new LabelledText(text.text(), text.label(), "g"))
            .toList();

    assertThatThrownBy(() -> split(texts, 0.1, 0, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("validation share of 0.1", "30 texts", "larger share");
  }

  @Test
  void split_sharesThatAreNone_areRefused() {
    double[][] shares = {{0, 0}, {-0.1, 0}, {1, 0}, {0.5, 0.5}, {0.1, -0.1}, {Double.NaN, 0}};
    for (double[] pair : shares) {
      assertThatThrownBy(() -> split(distinct(30), pair[0], pair[1], 1))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("share");
    }
  }

  @Test
  void split_knownSeed_givesTheSplitItAlwaysGave() {
    List<String> validation =
        split(distinct(60), 0.1, 0, 42).validation().stream().map(LabelledText::text).toList();

    assertThat(validation)
        .containsExactly("text 41", "text 48", "text 0", "text 58", "text 20", "text 46");
  }

  @Property(tries = 200)
  void split_anyCorpus_losesAndLeaksNothing(
      @ForAll("corpora") List<LabelledText> texts,
      @ForAll @DoubleRange(min = 0.1, max = 0.4) double validation,
      @ForAll @DoubleRange(min = 0.1, max = 0.4) double test,
      @ForAll long seed) {
    Split split = splitOrSkip(texts, validation, test, seed);

    assertThat(parts(split).flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(texts);
    assertNotShared(split, text -> normalised(text.text()));
    assertNotShared(split, LabelledText::group);
    assertThat(counts(split.training())).containsOnlyKeys(counts(texts).keySet());
  }

  @Property(tries = 100)
  void split_anyCorpus_dependsOnTheSeedAlone(
      @ForAll("corpora") List<LabelledText> texts, @ForAll long seed) {
    assertThat(splitOrSkip(texts, 0.2, 0.2, seed)).isEqualTo(split(texts, 0.2, 0.2, seed));
  }

  @Property(tries = 100)
  void split_otherSeed_isAnotherSplit(@ForAll long seed) {
    List<LabelledText> texts = distinct(100);
    Set<LabelledText> validation = Set.copyOf(split(texts, 0.2, 0, seed).validation());

    assertThat(Set.copyOf(split(texts, 0.2, 0, seed + 1).validation())).isNotEqualTo(validation);
  }

  @Property(tries = 100)
  void split_manyFamilies_staysNearTheShares(
      @ForAll("large") List<LabelledText> texts,
      @ForAll @DoubleRange(min = 0.1, max = 0.4) double share,
      @ForAll long seed) {
    Split split = split(texts, share, 0, seed);

    Map<String, Long> validation = counts(split.validation());
    counts(texts)
        .forEach(
            (label, total) ->
                assertThat((double) validation.getOrDefault(label, 0L))
                    .isBetween(share * total - 3, share * total + 3));
  }

  /** The split, where the corpus has enough families for three parts. */
  private static Split splitOrSkip(
      List<LabelledText> texts, double validation, double test, long seed) {
    try {
      return split(texts, validation, test, seed);
    } catch (InvalidInputException e) {
      assertThat(e).hasMessageContaining("part empty");
      Assume.that(false);
      throw e;
    }
  }

  private static void assertNotShared(Split split, Function<LabelledText, @Nullable String> key) {
    List<String> keysOfParts =
        parts(split)
            .flatMap(part -> part.stream().map(key).filter(k -> k != null).distinct())
            .toList();
    assertThat(keysOfParts).doesNotHaveDuplicates();
  }

  @Provide
  Arbitrary<List<LabelledText>> corpora() {
    return texts(60, 40).list().ofMinSize(20).ofMaxSize(120);
  }

  @Provide
  Arbitrary<List<LabelledText>> large() {
    return texts(5000, 5000).list().ofMinSize(300).ofMaxSize(600);
  }

  /** Texts, some the same or of one group, with one of two labels. */
  private static Arbitrary<LabelledText> texts(int distinctTexts, int distinctGroups) {
    Arbitrary<String> texts = Arbitraries.integers().between(0, distinctTexts).map(i -> "T" + i);
    Arbitrary<String> cased = texts.flatMap(t -> Arbitraries.of(t, t.toLowerCase(Locale.ROOT)));
    Arbitrary<String> groups =
        Arbitraries.integers().between(0, distinctGroups).map(i -> "g" + i).injectNull(0.7);
    return Combinators.combine(cased, Arbitraries.of("a", "b"), groups).as(LabelledText::new);
  }

  private static Corpus grouped(String... groupsAndTexts) {
    List<LabelledText> texts = new ArrayList<>();
    for (int i = 0; i < groupsAndTexts.length; i += 2) {
      String group = groupsAndTexts[i].isEmpty() ? null : groupsAndTexts[i];
      texts.add(new LabelledText(groupsAndTexts[i + 1], i % 4 == 0 ? "a" : "b", group));
    }
    return new Corpus("some", "0".repeat(64), texts, 0, 0);
  }

  @Test
  void split_byGroups_putsTheirTextsThereAndNothingAlikeIntoTraining() {
    Corpus corpus =
        grouped(
            "x", "one", "y", "two", "z", "three", "", "four", "z", "ONE", "", "Three", "y", "Two");

    Split split =
        Splitter.split(corpus, Set.of("z"), Set.of("y"), 1, text -> text.toLowerCase(Locale.ROOT));

    assertThat(split.training()).extracting(LabelledText::text).containsExactly("four");
    assertThat(split.validation())
        .extracting(LabelledText::text)
        .containsExactlyInAnyOrder("three", "ONE");
    assertThat(split.test()).extracting(LabelledText::text).containsExactlyInAnyOrder("two", "Two");
  }

  @Test
  void split_byAGroupThatNoTextHas_isRefused() {
    assertThatThrownBy(
            () ->
                Splitter.split(
                    grouped("x", "one", "y", "two"), Set.of("q"), Set.of(), 1, text -> text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no text has the validation group \"q\"");
  }

  @Test
  void split_byGroupsThatAreAll_leavesNoTrainingAndIsRefused() {
    assertThatThrownBy(
            () ->
                Splitter.split(
                    grouped("x", "one", "y", "two"), Set.of("x"), Set.of("y"), 1, text -> text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("training");
  }
}
