package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keys and values laid over the defaults, checked to be known, and read by type. */
final class SettingsLayers {
  private static final String DEFAULT = "default";
  private static final MathContext SHOWN = new MathContext(9);

  private final Map<String, String> values = new LinkedHashMap<>();

  /** Defaults that depend on other settings, as far as one had to be read. */
  private final Map<String, String> dependentDefaults = new HashMap<>();

  /** Folder that the path in a value starts at, where it came from a file. */
  private final Map<String, Path> folders = new HashMap<>();

  /** Where each value is from, in words. */
  private final Map<String, String> sources = new HashMap<>();

  SettingsLayers() {
    for (Setting setting : Setting.GENERAL) {
      values.put(setting.key(), setting.defaultValue());
      sources.put(setting.key(), DEFAULT);
    }
  }

  /** A layer of the application's own. */
  void putDefaults(Map<String, String> layer) {
    putAll(layer, DEFAULT);
  }

  /**
   * A layer.
   *
   * @param source where it is from, in words
   */
  void putAll(Map<String, String> layer, String source) {
    new TreeMap<>(layer).forEach((key, value) -> put(key, value, source));
  }

  void putFile(Path file, Map<String, String> layer) {
    Path parent = file.toAbsolutePath().normalize().getParent();
    for (Map.Entry<String, String> entry : layer.entrySet()) {
      put(entry.getKey(), entry.getValue(), "file " + file);
      if (parent != null) {
        folders.put(entry.getKey(), parent);
      }
    }
  }

  void putEnvironment(Map<String, String> environment) {
    EnvironmentKeys keys = new EnvironmentKeys(routeNames());
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      String key = keys.keyOf(variable.getKey());
      if (key != null) {
        put(key, variable.getValue(), "environment variable " + variable.getKey());
      }
    }
  }

  private void put(String key, String value, String source) {
    KnownKeys.require(key);
    values.put(key, value);
    sources.put(key, source);
    folders.remove(key);
  }

  /**
   * All of them by key, without secrets. Of those whose default depends on other settings, such as
   * a route's, all that were read have a value.
   */
  List<EffectiveSetting> shown() {
    Map<String, String> all = new TreeMap<>(dependentDefaults);
    all.putAll(values);
    return all.entrySet().stream()
        .map(
            setting ->
                new EffectiveSetting(
                    setting.getKey(),
                    Secrets.masked(setting.getKey(), setting.getValue()),
                    sources.getOrDefault(setting.getKey(), DEFAULT)))
        .toList();
  }

  boolean hasRoutes() {
    return !routeNames().isEmpty();
  }

  Set<String> routeNames() {
    Set<String> names = new TreeSet<>();
    for (String key : values.keySet()) {
      if (key.startsWith(Setting.ROUTES)) {
        names.add(key.substring(Setting.ROUTES.length(), key.lastIndexOf('.')));
      }
    }
    return names;
  }

  /** Those whose keys begin so, without that beginning. */
  Map<String, String> under(String prefix) {
    Map<String, String> found = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            found.put(key.substring(prefix.length()), value);
          }
        });
    return found;
  }

  String text(String key) {
    String value = values.get(key);
    if (value == null || value.isBlank()) {
      throw new InvalidInputException("%s: missing, but a value is needed".formatted(key));
    }
    return value;
  }

  String text(String key, String defaultValue) {
    if (has(key)) {
      return text(key);
    }
    dependentDefaults.put(key, defaultValue);
    return defaultValue;
  }

  int integer(String key) {
    try {
      return Integer.parseInt(text(key));
    } catch (NumberFormatException notAnInteger) {
      throw wrong(key, "a whole number is needed", notAnInteger);
    }
  }

  int integer(String key, int defaultValue) {
    if (has(key)) {
      return integer(key);
    }
    dependentDefaults.put(key, Integer.toString(defaultValue));
    return defaultValue;
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /** A number from 0 to 1, 0 excluded. */
  double share(String key, double defaultValue) {
    if (!has(key)) {
      dependentDefaults.put(key, shown(defaultValue));
      return defaultValue;
    }
    double share;
    try {
      share = Double.parseDouble(text(key));
    } catch (NumberFormatException notANumber) {
      throw wrong(key, "a number above 0 and at most 1 is needed", notANumber);
    }
    if (!(share > 0 && share <= 1)) {
      throw wrong(key, "a number above 0 and at most 1 is needed", null);
    }
    return share;
  }

  /** Without what binary fractions add: 0.7, not 0.7000000000000001. */
  private static String shown(double share) {
    return new BigDecimal(share).round(SHOWN).stripTrailingZeros().toPlainString();
  }

  boolean bool(String key) {
    return switch (text(key, "false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(key, "true or false is needed", null);
    };
  }

  /** 0 for false, which is the default, {@code most} for true, else a number from 1 to that. */
  int switchOrCount(String key, int most) {
    String value = text(key, "false");
    if (value.equals("true") || value.equals("false")) {
      return value.equals("true") ? most : 0;
    }
    String needed = "true, false or a number from 1 to %d is needed".formatted(most);
    try {
      int count = Integer.parseInt(value);
      if (count >= 1 && count <= most) {
        return count;
      }
    } catch (NumberFormatException notANumber) {
      throw wrong(key, needed, notANumber);
    }
    throw wrong(key, needed, null);
  }

  Duration duration(String key) {
    try {
      return Durations.parse(text(key));
    } catch (IllegalArgumentException notADuration) {
      throw wrong(key, "a time such as 10ms, 5s or 2m is needed", notADuration);
    }
  }

  Duration duration(String key, Duration defaultValue) {
    if (has(key)) {
      return duration(key);
    }
    dependentDefaults.put(key, Durations.text(defaultValue));
    return defaultValue;
  }

  /**
   * A value that its own type reads.
   *
   * @param parser throws {@link InvalidInputException} with a message to follow the key
   */
  <T> T parsed(String key, Function<String, T> parser) {
    try {
      return parser.apply(text(key));
    } catch (InvalidInputException e) {
      throw new InvalidInputException("%s: %s".formatted(key, e.getMessage()), e);
    }
  }

  Path path(String key) {
    try {
      Path path = Path.of(text(key));
      Path folder = folders.get(key);
      return folder == null ? path : folder.resolve(path);
    } catch (InvalidPathException noPath) {
      throw wrong(key, "a path is needed", noPath);
    }
  }

  private InvalidInputException wrong(String key, String remedy, @Nullable Throwable cause) {
    String message = "%s: \"%s\", but %s".formatted(key, values.get(key), remedy);
    return cause == null
        ? new InvalidInputException(message)
        : new InvalidInputException(message, cause);
  }
}
