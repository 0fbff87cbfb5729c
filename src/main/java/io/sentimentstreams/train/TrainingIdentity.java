package io.sentimentstreams.train;

import io.sentimentstreams.corpus.Corpus;
import io.sentimentstreams.corpus.LabelledText;
import io.sentimentstreams.corpus.Split;
import io.sentimentstreams.model.Labels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All that the result of a training depends on, by name, in words that can be compared. */
final class TrainingIdentity {
  private static final String NOTHING = "nothing";

  private TrainingIdentity() {}

  static Map<String, String> of(Split split, Labels labels, TrainingSettings settings) {
    Map<String, String> identity = new LinkedHashMap<>();
    identity.put("training texts", texts(split.training()));
    identity.put("validation texts", texts(split.validation()));
    identity.put("labels", String.join(", ", labels.names()));
    identity.put("seed", Long.toString(settings.seed()));
    identity.put("network", settings.network().layers().toString());
    identity.put("text", settings.text().toString());
    settings.describe().forEach((name, value) -> identity.put(name, value.toString()));
    return identity;
  }

  /** What two have different, in words for a message; empty where they are the same. */
  static String differences(Map<String, String> saved, Map<String, String> now) {
    Map<String, String> all = new LinkedHashMap<>(now);
    saved.keySet().forEach(name -> all.putIfAbsent(name, NOTHING));
    return all.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(saved.getOrDefault(entry.getKey(), NOTHING)))
        .map(
            entry ->
                "%s %s instead of %s"
                    .formatted(
                        entry.getKey(),
                        saved.getOrDefault(entry.getKey(), NOTHING),
                        entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** How many, and the start of a digest over them and their labels, in order. */
  private static String texts(List<LabelledText> texts) {
    String digest = Corpus.of("texts", texts).sha256();
    return "%d (%s)".formatted(texts.size(), digest.substring(0, 16));
  }
}
