package io.sentimentstreams.corpus;

import io.sentimentstreams.InvalidInputException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reviews of one part of IMDB and their films, whose files come in any order. */
final class ImdbPart {
  private static final Logger LOG = LoggerFactory.getLogger(ImdbPart.class);
  private static final Pattern BREAK = Pattern.compile("\\s*<br\\s*/?>\\s*(?:<br\\s*/?>\\s*)*");
  private static final Pattern FILM = Pattern.compile("/title/(tt[0-9]+)");
  private static final Map<String, String> LABELS = Map.of("neg", "negative", "pos", "positive");

  /** Review id, then folder: {@code neg} before {@code pos}. */
  private final TreeMap<Integer, TreeMap<String, String>> reviews = new TreeMap<>();

  private final Map<String, List<String>> urls = new HashMap<>();

  private final Path path;

  ImdbPart(Path path) {
    this.path = path;
  }

  void addReview(String folder, int id, String text) {
    if (reviews.computeIfAbsent(id, key -> new TreeMap<>()).put(folder, clean(text)) != null) {
      throw new InvalidInputException(
          "data %s: two reviews have the number of %s/%d".formatted(path, folder, id));
    }
  }

  void addFilms(String folder, String lines) {
    urls.put(folder, List.of(lines.split("\r?\n")));
  }

  boolean hasReviews() {
    return !reviews.isEmpty();
  }

  Corpus corpus() {
    if (!urls.keySet().containsAll(LABELS.keySet())) {
      LOG.warn(
          "{} lacks urls_pos.txt or urls_neg.txt: a split may put one film's reviews on both sides",
          path);
    }
    CorpusBuilder corpus = new CorpusBuilder();
    reviews.forEach(
        (id, byFolder) ->
            byFolder.forEach(
                (folder, text) -> corpus.add(text, LABELS.get(folder), film(folder, id))));
    return corpus.build(path);
  }

  private @Nullable String film(String folder, int id) {
    List<String> lines = urls.get(folder);
    if (lines == null) {
      return null;
    }
    Matcher film = id < lines.size() ? FILM.matcher(lines.get(id)) : null;
    if (film == null || !film.find()) {
      throw new InvalidInputException(
          "data %s: urls_%s.txt: line %d names no film for review %s/%d"
              .formatted(path, folder, id + 1, folder, id));
    }
    return film.group(1);
  }

  /** Line breaks instead of the tags; no entities; dashes and dots that were read as controls. */
  private static String clean(String review) {
    return Unescape.withoutC1(Unescape.entities(BREAK.matcher(review).replaceAll("\n")));
  }
}
