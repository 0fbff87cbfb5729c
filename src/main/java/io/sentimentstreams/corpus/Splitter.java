package io.sentimentstreams.corpus;

import io.sentimentstreams.InvalidInputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Splits a corpus so that nothing of one part is known from another.
 *
 * <p>Texts that are the same when normalised, or that share a group, are kin, and so are the kin of
 * kin (a union-find over both relations); kin stay together, whatever their labels. The families
 * are shuffled by the seed ({@link Collections#shuffle(List, Random)} with {@link Random}, both of
 * which are specified) and, large ones first, each goes to the part where it adds least to the
 * squared distance between what the part has of each label and what it should have, in shares of
 * the latter. The first family of each label goes to training. In the end each part is shuffled.
 *
 * <p>The same corpus, shares and seed give the same split on every machine. A part is larger or
 * smaller than its share by less than its largest family, as a rule by a text of each label.
 */
public final class Splitter {
  private final List<LabelledText> texts;
  private final Map<String, Integer> labels = new HashMap<>();
  private final Random random;

  private Splitter(Corpus corpus, long seed) {
    texts = corpus.texts();
    corpus.labels().forEach(label -> labels.put(label, labels.size()));
    random = new Random(seed);
  }

  /**
   * Splits into training, validation and test; training gets what the shares leave.
   *
   * @param validationShare above 0
   * @param testShare 0 for no test part
   * @param normalised the form in which two texts count as the same
   * @throws InvalidInputException where the shares are no shares, or a part would be empty
   */
  public static Split split(
      Corpus corpus,
      double validationShare,
      double testShare,
      long seed,
      UnaryOperator<String> normalised) {
    requireShare("validation share", validationShare, validationShare > 0);
    requireShare("test share", testShare, testShare >= 0);
    requireShare("validation and test share", validationShare + testShare, true);
    Splitter splitter = new Splitter(corpus, seed);
    List<Part> parts = splitter.assign(splitter.families(normalised), validationShare, testShare);
    parts.forEach(part -> part.requireTexts(corpus));
    return new Split(
        splitter.shuffled(parts.get(0)),
        splitter.shuffled(parts.get(1)),
        splitter.shuffled(parts.get(2)));
  }

  /**
   * Splits by groups that are named: theirs are the validation and the test texts, the rest is for
   * training, but for texts that are the same as one of those.
   *
   * @param validationGroups at least one
   * @param testGroups none for no test part
   * @param normalised the form in which two texts count as the same
   * @throws InvalidInputException where no text has such a group, one is in both sets, or nothing
   *     is left for training
   */
  public static Split split(
      Corpus corpus,
      Set<String> validationGroups,
      Set<String> testGroups,
      long seed,
      UnaryOperator<String> normalised) {
    Splitter splitter = new Splitter(corpus, seed);
    Set<String> seen = new HashSet<>();
    Part test = splitter.ofGroups("test", corpus, testGroups, seen, normalised);
    Part validation = splitter.ofGroups("validation", corpus, validationGroups, seen, normalised);
    Part training = new Part("training", 1, new long[splitter.labels.size()]);
    for (int i = 0; i < splitter.texts.size(); i++) {
      LabelledText text = splitter.texts.get(i);
      if (!isOf(validationGroups, text)
          && !isOf(testGroups, text)
          && !seen.contains(normalised.apply(text.text()))) {
        training.indexes.add(i);
      }
    }
    training.requireTexts(corpus);
    return new Split(
        splitter.shuffled(training), splitter.shuffled(validation), splitter.shuffled(test));
  }

  /** The texts of groups, without those that are the same as one seen before in another part. */
  private Part ofGroups(
      String name,
      Corpus corpus,
      Set<String> groups,
      Set<String> seen,
      UnaryOperator<String> normalised) {
    Set<String> missing = new TreeSet<>(groups);
    Set<String> own = new HashSet<>();
    Part part = new Part(name, 1, new long[labels.size()]);
    for (int i = 0; i < texts.size(); i++) {
      LabelledText text = texts.get(i);
      if (isOf(groups, text)) {
        missing.remove(Objects.requireNonNull(text.group()));
        String form = normalised.apply(text.text());
        if (!seen.contains(form)) {
          own.add(form);
          part.indexes.add(i);
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new InvalidInputException(
          "data %s: no text has the %s group \"%s\"; give the column of groups, and one of its values"
              .formatted(corpus.name(), name, missing.iterator().next()));
    }
    seen.addAll(own);
    return part;
  }

  private static boolean isOf(Set<String> groups, LabelledText text) {
    return text.group() != null && groups.contains(text.group());
  }

  private static void requireShare(String field, double share, boolean inRange) {
    if (!inRange || !(share < 1)) {
      throw new InvalidInputException(
          "%s is %s, but must be a share between 0 and 1".formatted(field, share));
    }
  }

  /** The texts' indexes, kin together, in the order of the corpus. */
  private List<List<Integer>> families(UnaryOperator<String> normalised) {
    Kinship kinship = new Kinship(texts.size());
    Map<String, Integer> firstOfText = new HashMap<>();
    Map<String, Integer> firstOfGroup = new HashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      LabelledText text = texts.get(i);
      unite(kinship, firstOfText, normalised.apply(text.text()), i);
      if (text.group() != null) {
        unite(kinship, firstOfGroup, text.group(), i);
      }
    }
    return kinship.families();
  }

  private static void unite(Kinship kinship, Map<String, Integer> first, String key, int index) {
    Integer kin = first.putIfAbsent(key, index);
    if (kin != null) {
      kinship.unite(kin, index);
    }
  }

  private List<Part> assign(
      List<List<Integer>> families, double validationShare, double testShare) {
    long[] totals = counts(texts.stream());
    List<Part> parts =
        List.of(
            new Part("training", 1 - validationShare - testShare, totals),
            new Part("validation", validationShare, totals),
            new Part("test", testShare, totals));
    Collections.shuffle(families, random);
    families.sort(Comparator.<List<Integer>>comparingInt(List::size).reversed());
    Set<String> trained = new HashSet<>();
    for (List<Integer> family : families) {
      long[] counts = counts(family.stream().map(texts::get));
      boolean newLabel = addLabels(trained, family);
      (newLabel ? parts.get(0) : cheapest(parts, counts)).add(family, counts);
    }
    return parts;
  }

  private boolean addLabels(Set<String> trained, List<Integer> family) {
    return trained.addAll(family.stream().map(index -> texts.get(index).label()).toList());
  }

  /** The part where the family costs least; among equals the last, which are the smaller ones. */
  private static Part cheapest(List<Part> parts, long[] counts) {
    return Stream.iterate(parts.size() - 1, i -> i >= 0, i -> i - 1)
        .map(parts::get)
        .min(Comparator.comparingDouble(part -> part.cost(counts)))
        .orElseThrow();
  }

  /** How many texts have each label: {@code [labels]}. */
  private long[] counts(Stream<LabelledText> some) {
    long[] counts = new long[labels.size()];
    some.forEach(text -> counts[labels.getOrDefault(text.label(), -1)]++);
    return counts;
  }

  private List<LabelledText> shuffled(Part part) {
    List<Integer> indexes = part.indexes;
    Collections.sort(indexes);
    Collections.shuffle(indexes, random);
    return indexes.stream().map(texts::get).toList();
  }

  /** A part as it fills. */
  private static final class Part {
    private final String name;
    private final double share;
    private final double[] wanted; // [labels]
    private final long[] counts; // [labels]
    private final List<Integer> indexes = new ArrayList<>();

    Part(String name, double share, long[] totals) {
      this.name = name;
      this.share = share;
      counts = new long[totals.length];
      wanted = new double[totals.length];
      for (int label = 0; label < totals.length; label++) {
        wanted[label] = share * totals[label];
      }
    }

    void add(List<Integer> family, long[] familyCounts) {
      indexes.addAll(family);
      for (int label = 0; label < counts.length; label++) {
        counts[label] += familyCounts[label];
      }
    }

    /** What the family adds to the sum over labels of (counts - wanted)^2 / wanted. */
    double cost(long[] familyCounts) {
      if (share == 0) {
        return Double.POSITIVE_INFINITY;
      }
      double cost = 0;
      for (int label = 0; label < counts.length; label++) {
        double excess = 2 * (counts[label] - wanted[label]) + familyCounts[label];
        cost += familyCounts[label] * excess / wanted[label];
      }
      return cost;
    }

    void requireTexts(Corpus corpus) {
      if (share > 0 && indexes.isEmpty()) {
        throw new InvalidInputException(
            "data %s: a %s share of %s leaves the %s part empty, since its %d texts are too few or too many of them belong together: use a larger share or more data"
                .formatted(corpus.name(), name, share, name, corpus.texts().size()));
      }
    }
  }
}
