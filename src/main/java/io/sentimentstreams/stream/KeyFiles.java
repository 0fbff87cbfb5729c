package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;
import java.io.File;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The files with keys and certificates that Kafka's settings name, whatever their prefix. */
final class KeyFiles {
  private KeyFiles() {}

  /**
   * Looks whether they are there, before Kafka does, which logs a trace for each.
   *
   * @param kafka settings without {@code kafka.} in front
   * @throws InvalidInputException for one that is no file or cannot be read
   */
  static void requireReadable(Map<String, String> kafka) {
    new TreeMap<>(kafka)
        .forEach(
            (key, value) -> {
              File file = new File(value);
              if (isLocation(key) && (!file.isFile() || !file.canRead())) {
                throw new InvalidInputException(
                    "kafka.%s: \"%s\" is no file that can be read; give the path of one"
                        .formatted(key, value));
              }
            });
  }

  /** The setting whose file a failure is about, and that it cannot be read: begins a message. */
  static Optional<String> blamedBy(Throwable failure, Map<String, String> kafka) {
    return new TreeMap<>(kafka)
        .entrySet().stream()
            .filter(setting -> isLocation(setting.getKey()))
            .filter(setting -> names(failure, setting.getValue()))
            // One path may begin with another.
            .max(Comparator.comparingInt(setting -> setting.getValue().length()))
            .map(
                setting ->
                    "kafka.%s: \"%s\" cannot be read"
                        .formatted(setting.getKey(), setting.getValue()));
  }

  private static boolean isLocation(String key) {
    return key.endsWith("ssl.truststore.location") || key.endsWith("ssl.keystore.location");
  }

  private static boolean names(Throwable failure, String path) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      if (message != null && message.contains(path)) {
        return true;
      }
    }
    return false;
  }
}
