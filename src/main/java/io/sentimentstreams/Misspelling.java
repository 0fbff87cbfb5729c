package io.sentimentstreams;

import static java.util.Comparator.comparingInt;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What a name that does not exist was probably meant to be. */
public final class Misspelling {
  /** Most edits of a short name; a name further away is another word, not a slip. */
  private static final int MOST_EDITS = 3;

  /** Edits of a long name: one in so many characters. */
  private static final int CHARACTERS_PER_EDIT = 3;

  /** Shorter ones begin or end too many names. */
  private static final int SHORTEST_PART = 3;

  private Misspelling() {}

  /**
   * The known name nearest to the given one, where one is near: of which it is the beginning or the
   * end, or which has few other characters. Case, hyphens, dots and underscores do not count.
   */
  public static Optional<String> of(String given, Collection<String> known) {
    String plain = plain(given);
    int most = most(plain.length());
    return known.stream()
        .filter(name -> edits(plain, plain(name)) <= most)
        .min(comparingInt(name -> edits(plain, plain(name))));
  }

  /** More than half of a name has to be right. */
  private static int most(int length) {
    return Math.min(length / 2, Math.max(MOST_EDITS, length / CHARACTERS_PER_EDIT));
  }

  private static int edits(String given, String name) {
    boolean part =
        given.length() >= SHORTEST_PART && (name.startsWith(given) || name.endsWith(given));
    return part ? 0 : LevenshteinDistance.getDefaultInstance().apply(given, name);
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-._]", "");
  }
}
