package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.Misspelling;
import io.sentimentstreams.avro.SchemaRegistrySettings;
import java.util.ArrayList;
import java.util.List;

/** Refuses keys that no setting has, and names the one that was meant, where one is near. */
final class KnownKeys {
  private KnownKeys() {}

  static void require(String key) {
    if (key.startsWith(Setting.KAFKA)) {
      requireKafka(key.substring(Setting.KAFKA.length()));
    } else if (key.startsWith(Setting.ROUTES)) {
      requireRoute(key, key.substring(Setting.ROUTES.length()));
    } else if (key.startsWith(Setting.SCHEMA_REGISTRY)) {
      if (!Setting.OF_THE_REGISTRY.contains(key)) {
        throw unknown(
            key,
            key.substring(Setting.SCHEMA_REGISTRY.length()),
            Setting.SCHEMA_REGISTRY,
            List.copyOf(SchemaRegistrySettings.KEYS));
      }
    } else if (Setting.GENERAL.stream().noneMatch(setting -> setting.key().equals(key))) {
      throw unknown(key, key, "", candidates());
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
    String field = nameAndField.substring(dot + 1);
    if (!Setting.OF_A_ROUTE.contains(field)) {
      throw unknown(key, field, Setting.ROUTES + name + ".", Setting.OF_A_ROUTE);
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

  private static InvalidInputException unknown(
      String key, String name, String prefix, List<String> known) {
    String remedy =
        Misspelling.of(name, known)
            .map(nearest -> "is \"%s\" meant?".formatted(prefix + nearest))
            .orElse("the README lists all");
    return new InvalidInputException("%s: no such setting; %s".formatted(key, remedy));
  }
}
