package io.sentimentstreams.event;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One pass over one JSON document that picks up what a few paths lead to. */
final class JsonWalk {
  private static final int TEXT = 0;
  private static final int ID = 1;
  private static final int GROUP = 2;

  /** All paths are sets of bits below; bit {@code i} is {@code paths[i]}. */
  private final @Nullable JsonPath[] paths; // [TEXT, ID, GROUP], null for none

  private final @Nullable String[] found; // [paths]; of GROUP always null
  private final List<String> groups = new ArrayList<>(); // no two are equal

  private @Nullable JsonToken textToken;
  private boolean atText;

  JsonWalk(JsonPath textPath, @Nullable JsonPath idPath, @Nullable JsonPath groupPath) {
    this.paths = new @Nullable JsonPath[] {textPath, idPath, groupPath};
    this.found = new @Nullable String[paths.length];
  }

  /** The first token of what the text path leads to, null where it leads nowhere. */
  @Nullable JsonToken textToken() {
    return textToken;
  }

  /** The text, null where it is missing or no string. */
  @Nullable String text() {
    return found[TEXT];
  }

  /** The id, null where it is missing or neither string nor number. */
  @Nullable String id() {
    return found[ID];
  }

  /** The first different strings and numbers that the group path leads to, well-formed. */
  List<String> groups() {
    return groups;
  }

  /** Whether the parser was reading the text when it threw. */
  boolean atText() {
    return atText;
  }

  /** Reads the whole document and gives its first token. */
  JsonToken document(JsonParser in) throws IOException {
    JsonToken first = in.nextToken();
    if (first == null) {
      throw new JsonParseException(in, "no JSON at all");
    }
    int all = 0;
    for (int path = 0; path < paths.length; path++) {
      all |= paths[path] == null ? 0 : 1 << path;
    }
    value(in, first, 0, all);
    if (in.nextToken() != null) {
      throw new JsonParseException(in, "something follows the document");
    }
    return first;
  }

  /**
   * Reads one value that the first {@code depth} segments of some paths lead to. Whatever an
   * earlier field of the same name gave is forgotten.
   */
  private void value(JsonParser in, JsonToken token, int depth, int on) throws IOException {
    int below = 0;
    for (int path = 0; path < paths.length; path++) {
      if (isOn(on, path)) {
        int length = path(path).length();
        take(in, token, path, length == depth);
        below |= length > depth || isGroups(path, depth, token) ? 1 << path : 0;
      }
    }
    if (token == JsonToken.START_OBJECT && below != 0) {
      object(in, depth, below);
    } else if (token == JsonToken.START_ARRAY && below != 0) {
      array(in, depth, below);
    } else {
      in.skipChildren();
    }
  }

  /** Whether each element of the array that begins may be a group. */
  private boolean isGroups(int path, int depth, JsonToken token) {
    return path == GROUP && token == JsonToken.START_ARRAY && path(path).length() == depth;
  }

  private void object(JsonParser in, int depth, int on) throws IOException {
    int groupsBefore = groups.size();
    String name;
    while ((name = in.nextFieldName()) != null) {
      JsonToken token = in.nextToken();
      int here = 0;
      for (int path = 0; path < paths.length; path++) {
        here |= isOn(on, path) && path(path).matches(depth, name) ? 1 << path : 0;
      }
      if (isOn(here, GROUP)) {
        groups.subList(groupsBefore, groups.size()).clear();
      }
      value(in, token, depth + 1, here);
    }
  }

  private void array(JsonParser in, int depth, int on) throws IOException {
    JsonToken token;
    for (int index = 0; (token = in.nextToken()) != JsonToken.END_ARRAY; index++) {
      int here = 0;
      for (int path = 0; path < paths.length; path++) {
        if (isOn(on, path) && path(path).length() == depth) {
          takeGroup(in, token);
        } else {
          here |= isOn(on, path) && path(path).matches(depth, index) ? 1 << path : 0;
        }
      }
      value(in, token, depth + 1, here);
    }
  }

  private void take(JsonParser in, JsonToken token, int path, boolean here) throws IOException {
    if (path == GROUP) {
      if (here) {
        takeGroup(in, token);
      }
      return;
    }
    boolean wanted = token == JsonToken.VALUE_STRING || (path != TEXT && token.isNumeric());
    found[path] = null;
    if (path == TEXT) {
      textToken = here ? token : null;
    }
    if (here && wanted) {
      atText = path == TEXT;
      found[path] = in.getText();
      atText = false;
    }
  }

  private void takeGroup(JsonParser in, JsonToken token) throws IOException {
    if ((token != JsonToken.VALUE_STRING && !token.isNumeric())
        || groups.size() == EventParser.MAXIMUM_GROUPS
        || in.getTextLength() > EventParser.MAXIMUM_GROUP_LENGTH) {
      return;
    }
    String group = Utf8.wellFormed(in.getText());
    if (!group.isEmpty() && !groups.contains(group)) {
      groups.add(group);
    }
  }

  private static boolean isOn(int set, int path) {
    return (set & 1 << path) != 0;
  }

  private JsonPath path(int path) {
    return Objects.requireNonNull(paths[path]);
  }
}
