package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Refuses keys that no setting has, and names the nearest that one has. */
final class KnownKeys {
  private KnownKeys() {}

  static void require(String key) {
    if (key.startsWith(Setting.KAFKA)) {
      requireKafka(key.substring(Setting.KAFKA.length()));
    } else if (key.startsWith(Setting.ROUTES)) {
      requireRoute(key, key.substring(Setting.ROUTES.length()));
    } else if (key.startsWith(Setting.SCHEMA_REGISTRY)) {
      if (!Setting.OF_THE_REGISTRY.contains(key)) {
        throw unknown(key, Setting.OF_THE_REGISTRY);
      }
    } else if (Setting.GENERAL.stream().noneMatch(setting -> setting.key().equals(key))) {
      throw unknown(key, candidates());
    }
  }

  private static void requireKafka(String key) {
    if (key.isBlank()) {
      throw new InvalidInputException("kafka.: a key of Kafka's clients must follow");
    }
    OwnedKafkaKeys.refuse(key);
  }

  private static void requireRoute(String key, String nameAndField) {
    int dot = nameAndField.lastIndexOf('.');
    if (dot < 0) {
      throw new InvalidInputException(
          "%s: a route's settings are routes.NAME.model and so on".formatted(key));
    }
    String name = nameAndField.substring(0, dot);
    Route.requireName(name);
    List<String> known =
        Setting.OF_A_ROUTE.stream().map(field -> Setting.ROUTES + name + "." + field).toList();
    if (!known.contains(key)) {
      throw unknown(key, known);
    }
  }

  private static List<String> candidates() {
    List<String> candidates = new ArrayList<>();
    Setting.GENERAL.forEach(setting -> candidates.add(setting.key()));
    candidates.add("routes.NAME.model");
    candidates.add("kafka.KEY");
    candidates.addAll(Setting.OF_THE_REGISTRY);
    return candidates;
  }

  private static InvalidInputException unknown(String key, List<String> candidates) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    String nearest =
        candidates.stream()
            .min(
                Comparator.comparing((String candidate) -> !candidate.startsWith(key))
                    .thenComparing(candidate -> distance.apply(key, candidate)))
            .orElseThrow();
    return new InvalidInputException(
        "%s: no such setting; is \"%s\" meant?".formatted(key, nearest));
  }
}
