package io.sentimentstreams.event;

import io.sentimentstreams.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/**
 * A compiled JSON pointer (RFC 6901) to a part of an object: the names of its segments and, where a
 * segment is a number, the array index that it is too. In a path to many parts, the segment {@code
 * *} is each element of an array.
 */
public final class JsonPath {
  /** In place of an index that a segment is not. */
  public static final int NO_INDEX = -1;

  /** In place of the index of a segment that is each element. */
  public static final int EACH = -2;

  /** An index of more digits is past the end of every array. */
  private static final int MAXIMUM_INDEX_DIGITS = 9;

  private final String pointer;
  private final List<String> names;
  private final int[] indices; // [segments], NO_INDEX where the segment is a name only

  private JsonPath(String pointer, List<String> names, boolean toMany) {
    this.pointer = pointer;
    this.names = List.copyOf(names);
    this.indices =
        names.stream().mapToInt(name -> toMany && name.equals("*") ? EACH : index(name)).toArray();
  }

  /**
   * Compiles a pointer.
   *
   * @param field the setting's name, for messages
   */
  public static JsonPath compile(String field, String pointer) {
    return new JsonPath(pointer, names(field, pointer), false);
  }

  /** Compiles a path to many parts. */
  public static JsonPath compileToMany(String field, String pointer) {
    return new JsonPath(pointer, names(field, pointer), true);
  }

  private static List<String> names(String field, String pointer) {
    if (!pointer.startsWith("/")) {
      throw new InvalidInputException(
          "%s: \"%s\" is no JSON pointer to a field; write \"/%s\""
              .formatted(field, pointer, pointer.isEmpty() ? "text" : pointer));
    }
    List<String> names = new ArrayList<>();
    int start = 1;
    while (start <= pointer.length()) {
      int slash = pointer.indexOf('/', start);
      int end = slash < 0 ? pointer.length() : slash;
      names.add(unescaped(field, pointer, start, end));
      start = end + 1;
    }
    return names;
  }

  /** Segments, 1 or more. */
  public int length() {
    return names.size();
  }

  /** The name that a segment is. */
  public String name(int segment) {
    return names.get(segment);
  }

  /**
   * The array index that a segment is too, {@link #NO_INDEX} where it is a name only, {@link
   * #EACH}.
   */
  public int index(int segment) {
    return indices[segment];
  }

  boolean matches(int segment, String name) {
    return names.get(segment).equals(name);
  }

  boolean matches(int segment, int arrayIndex) {
    return indices[segment] == arrayIndex || indices[segment] == EACH;
  }

  /** The pointer as it was given. */
  @Override
  public String toString() {
    return pointer;
  }

  private static String unescaped(String field, String pointer, int start, int end) {
    StringBuilder name = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      char c = pointer.charAt(i);
      if (c != '~') {
        name.append(c);
        continue;
      }
      char escape = i + 1 < end ? pointer.charAt(++i) : ' ';
      if (escape != '0' && escape != '1') {
        throw new InvalidInputException(
            "%s: \"%s\" has a ~ that is neither ~0 (for ~) nor ~1 (for /)"
                .formatted(field, pointer));
      }
      name.append(escape == '0' ? '~' : '/');
    }
    return name.toString();
  }

  private static int index(String name) {
    boolean digits = !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
    boolean leadingZero = name.length() > 1 && name.startsWith("0");
    if (!digits || leadingZero || name.length() > MAXIMUM_INDEX_DIGITS) {
      return NO_INDEX;
    }
    return Integer.parseInt(name);
  }
}
