package io.sentimentstreams.yaml;

import io.sentimentstreams.InvalidInputException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one thing in a YAML or JSON text, of which all names are known.
 *
 * <p>Each method that reads a field throws {@link InvalidInputException} where it is missing, of
 * another type or out of range, and names the line, the thing, the field and the value.
 */
public final class YamlFields {
  private final YamlNode node;
  private final String what;
  private final Map<String, YamlNode> fields;

  /**
   * The fields of a value; those of null are none.
   *
   * @param what the thing, for messages; empty for the whole file
   * @param known the names that it may have
   */
  public YamlFields(YamlNode node, String what, List<String> known) {
    this.node = node;
    this.what = what.isEmpty() ? "" : what + ": ";
    this.fields = fieldsOf(node);
    fields.forEach((name, value) -> requireKnown(name, value, known));
  }

  /**
   * Checks that a thing has no fields.
   *
   * @throws InvalidInputException naming the first one
   */
  public static void requireNone(YamlNode node, String what) {
    YamlFields none = new YamlFields(node, what, List.of());
    if (!none.fields.isEmpty()) {
      throw new IllegalStateException("fields that nobody knows: " + none.fields);
    }
  }

  private Map<String, YamlNode> fieldsOf(YamlNode from) {
    Map<String, YamlNode> read = new LinkedHashMap<>();
    if (from.value() instanceof Map<?, ?> map) {
      map.forEach((name, value) -> read.put((String) name, (YamlNode) value));
    } else if (from.value() != null) {
      throw error(from, "needs fields such as \"name: value\", but is " + from);
    }
    return read;
  }

  private void requireKnown(String name, YamlNode value, List<String> known) {
    if (!known.contains(name)) {
      throw error(
          value,
          known.isEmpty()
              ? "has no fields, but there is " + name
              : "%s is no field of it; %s".formatted(name, NearestName.among(name, known)));
    }
  }

  /** Whether the field is there and not null. */
  public boolean has(String name) {
    YamlNode field = fields.get(name);
    return field != null && field.value() != null;
  }

  /** The field as it is. */
  public YamlNode node(String name) {
    YamlNode field = fields.get(name);
    if (field == null || field.value() == null) {
      throw error(node, name + " is missing");
    }
    return field;
  }

  /** A whole number within bounds. */
  public int integer(String name, int least, int most) {
    YamlNode field = node(name);
    if (!(field.value() instanceof BigInteger number)) {
      throw error(field, "%s is %s, but must be a whole number".formatted(name, field));
    }
    if (number.compareTo(BigInteger.valueOf(least)) < 0
        || number.compareTo(BigInteger.valueOf(most)) > 0) {
      throw error(field, "%s is %s, but must be from %d to %d".formatted(name, field, least, most));
    }
    return number.intValue();
  }

  /** A whole number within bounds, or what stands for a missing one. */
  public int integer(String name, int least, int most, int missing) {
    return has(name) ? integer(name, least, most) : missing;
  }

  /** A number, or what stands for a missing one. */
  public double number(String name, double missing) {
    if (!has(name)) {
      return missing;
    }
    YamlNode field = node(name);
    if (field.value() instanceof Number number) {
      return number.doubleValue();
    }
    throw error(field, "%s is %s, but must be a number".formatted(name, field));
  }

  /** A number of at least 0 and below 1, or 0 where it is missing. */
  public double share(String name) {
    double share = number(name, 0);
    if (!(share >= 0 && share < 1)) {
      throw error(
          node(name), "%s is %s, but must be at least 0 and below 1".formatted(name, share));
    }
    return share;
  }

  /** True or false, or what stands for a missing field. */
  public boolean flag(String name, boolean missing) {
    if (!has(name)) {
      return missing;
    }
    YamlNode field = node(name);
    if (field.value() instanceof Boolean flag) {
      return flag;
    }
    throw error(field, "%s is %s, but must be true or false".formatted(name, field));
  }

  /** A text, or null where it is missing. */
  public @Nullable String text(String name) {
    if (!has(name)) {
      return null;
    }
    YamlNode field = node(name);
    if (field.value() instanceof String text) {
      return text;
    }
    throw error(field, "%s is %s, but must be a text".formatted(name, field));
  }

  /** One of the constants of an enumeration, in lower case, or what stands for a missing one. */
  public <E extends Enum<E>> E choice(String name, E missing) {
    if (!has(name)) {
      return missing;
    }
    YamlNode field = node(name);
    E[] constants = missing.getDeclaringClass().getEnumConstants();
    List<String> names =
        Arrays.stream(constants).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
    int index = field.value() instanceof String text ? names.indexOf(text) : -1;
    if (index < 0) {
      throw error(
          field,
          "%s is %s, but must be one of %s"
              .formatted(name, field, names.stream().collect(Collectors.joining(", "))));
    }
    return constants[index];
  }

  /** An error about a value of this thing, with its line. */
  public InvalidInputException error(YamlNode about, String problem) {
    return about.error(what + problem);
  }
}
