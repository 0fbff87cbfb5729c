package io.sentimentstreams.train;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.yaml.YamlFields;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ObjDoubleConsumer;
import java.util.function.ObjIntConsumer;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/**
 * A setting of training under its names: {@code learning_rate} in files, {@code --learning-rate} on
 * the command line, {@code learningRate} in manifests. {@link TrainingFields} has all.
 *
 * @param name in files
 * @param setting in manifests
 * @param valueLabel stands for its value in a help
 * @param values all that it may be, where these are names; else none
 * @param help what it is
 * @param reader takes its value from the fields of a file or from options
 * @param described its value for a manifest; empty where there is nothing to say
 * @param check what is wrong with it in settings; empty where nothing is
 */
public record TrainingField(
    String name,
    String setting,
    String valueLabel,
    List<String> values,
    String help,
    Reader reader,
    Function<TrainingSettings, Optional<Object>> described,
    Function<TrainingSettings, Optional<String>> check) {
  private static final int MOST = 1 << 30;

  public TrainingField {
    values = List.copyOf(values);
  }

  /** Puts a value that is there into settings, checked. */
  @FunctionalInterface
  interface Reader {
    /**
     * Reads a value.
     *
     * @param key the field's name among the fields
     */
    void read(YamlFields fields, String key, TrainingSettings.Builder builder);
  }

  /** Which numbers are allowed. */
  enum Range {
    POSITIVE("above 0"),
    NOT_NEGATIVE("0 or more"),
    SHARE("at least 0 and below 1"),
    FACTOR("above 0 and at most 1");

    private final String words;

    Range(String words) {
      this.words = words;
    }

    private boolean holds(double value) {
      return switch (this) {
        case POSITIVE -> value > 0 && Double.isFinite(value);
        case NOT_NEGATIVE -> value >= 0 && Double.isFinite(value);
        case SHARE -> value >= 0 && value < 1;
        case FACTOR -> value > 0 && value <= 1;
      };
    }

    Optional<String> problem(String name, double value) {
      return holds(value)
          ? Optional.empty()
          : Optional.of("%s is %s, but must be %s".formatted(name, value, words));
    }
  }

  /** A number. */
  static TrainingField number(
      String name,
      Range range,
      String help,
      ToDoubleFunction<TrainingSettings> get,
      ObjDoubleConsumer<TrainingSettings.Builder> set) {
    return new TrainingField(
        name,
        camelCase(name),
        "X",
        List.of(),
        help,
        (fields, key, builder) -> {
          double value = fields.number(key, 0);
          Optional<String> problem = range.problem(key, value);
          if (problem.isPresent()) {
            throw fields.error(fields.node(key), problem.get());
          }
          set.accept(builder, value);
        },
        settings -> Optional.of(get.applyAsDouble(settings)),
        settings -> range.problem(name, get.applyAsDouble(settings)));
  }

  /** A whole number of at least 1. */
  static TrainingField count(
      String name,
      String help,
      ToIntFunction<TrainingSettings> get,
      ObjIntConsumer<TrainingSettings.Builder> set) {
    return count(name, 1, help, get, set);
  }

  /** A whole number of at least 0. */
  static TrainingField countOrNone(
      String name,
      String help,
      ToIntFunction<TrainingSettings> get,
      ObjIntConsumer<TrainingSettings.Builder> set) {
    return count(name, 0, help, get, set);
  }

  private static TrainingField count(
      String name,
      int least,
      String help,
      ToIntFunction<TrainingSettings> get,
      ObjIntConsumer<TrainingSettings.Builder> set) {
    return new TrainingField(
        name,
        camelCase(name),
        "N",
        List.of(),
        help,
        (fields, key, builder) -> set.accept(builder, fields.integer(key, least, MOST)),
        settings -> Optional.of(get.applyAsInt(settings)),
        settings ->
            get.applyAsInt(settings) >= least
                ? Optional.empty()
                : Optional.of(
                    "%s is %d, but must be at least %d"
                        .formatted(name, get.applyAsInt(settings), least)));
  }

  /** One of the constants of an enumeration. */
  static <E extends Enum<E>> TrainingField choice(
      String name,
      E any,
      String help,
      Function<TrainingSettings, E> get,
      BiConsumer<TrainingSettings.Builder, E> set) {
    return new TrainingField(
        name,
        camelCase(name),
        name.toUpperCase(Locale.ROOT),
        names(any),
        help,
        (fields, key, builder) -> set.accept(builder, fields.choice(key, any)),
        settings -> Optional.of(get.apply(settings).name().toLowerCase(Locale.ROOT)),
        settings -> Optional.empty());
  }

  private static <E extends Enum<E>> List<String> names(E any) {
    return Arrays.stream(any.getDeclaringClass().getEnumConstants())
        .map(value -> value.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  /** The same field under another name in manifests. */
  TrainingField inManifests(String other) {
    return new TrainingField(name, other, valueLabel, values, help, reader, described, check);
  }

  /** The name on the command line. */
  public String option() {
    return "--" + name.replace('_', '-');
  }

  /** Puts the value into settings where the fields have one under that key. */
  void read(YamlFields fields, String key, TrainingSettings.Builder builder) {
    if (fields.has(key)) {
      reader.read(fields, key, builder);
    }
  }

  /**
   * Checks the value.
   *
   * @throws InvalidInputException where it is out of range
   */
  void require(TrainingSettings settings) {
    Optional<String> problem = check.apply(settings);
    if (problem.isPresent()) {
      throw new InvalidInputException("training: " + problem.get());
    }
  }

  static String camelCase(String name) {
    StringBuilder camel = new StringBuilder();
    for (String part : name.split("_", -1)) {
      String first = part.substring(0, 1);
      camel
          .append(camel.isEmpty() ? first : first.toUpperCase(Locale.ROOT))
          .append(part.substring(1));
    }
    return camel.toString();
  }
}
