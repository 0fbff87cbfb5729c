package io.sentimentstreams.event;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One pass over one JSON document that picks up what the two paths lead to. */
final class JsonWalk {
  private final JsonPath textPath;
  private final @Nullable JsonPath idPath;

  private @Nullable JsonToken textToken;
  private @Nullable String text;
  private @Nullable String id;
  private boolean atText;

  JsonWalk(JsonPath textPath, @Nullable JsonPath idPath) {
    this.textPath = textPath;
    this.idPath = idPath;
  }

  /** The first token of what the text path leads to, null where it leads nowhere. */
  @Nullable JsonToken textToken() {
    return textToken;
  }

  /** The text, null where it is missing or no string. */
  @Nullable String text() {
    return text;
  }

  /** The id, null where it is missing or neither string nor number. */
  @Nullable String id() {
    return id;
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
    value(in, first, 0, true, idPath != null);
    if (in.nextToken() != null) {
      throw new JsonParseException(in, "something follows the document");
    }
    return first;
  }

  /**
   * Reads one value that the first {@code depth} segments of a path lead to. Whatever an earlier
   * field of the same name gave is forgotten.
   */
  private void value(JsonParser in, JsonToken token, int depth, boolean onText, boolean onId)
      throws IOException {
    if (onText) {
      takeText(in, token, textPath.length() == depth);
    }
    if (onId) {
      takeId(in, token, idLength() == depth);
    }
    boolean textBelow = onText && textPath.length() > depth;
    boolean idBelow = onId && idLength() > depth;
    if (token == JsonToken.START_OBJECT && (textBelow || idBelow)) {
      object(in, depth, textBelow, idBelow);
    } else if (token == JsonToken.START_ARRAY && (textBelow || idBelow)) {
      array(in, depth, textBelow, idBelow);
    } else {
      in.skipChildren();
    }
  }

  private void object(JsonParser in, int depth, boolean onText, boolean onId) throws IOException {
    String name;
    while ((name = in.nextFieldName()) != null) {
      JsonToken token = in.nextToken();
      boolean textHere = onText && textPath.matches(depth, name);
      boolean idHere = onId && idPath != null && idPath.matches(depth, name);
      value(in, token, depth + 1, textHere, idHere);
    }
  }

  private void array(JsonParser in, int depth, boolean onText, boolean onId) throws IOException {
    JsonToken token;
    for (int index = 0; (token = in.nextToken()) != JsonToken.END_ARRAY; index++) {
      boolean textHere = onText && textPath.matches(depth, index);
      boolean idHere = onId && idPath != null && idPath.matches(depth, index);
      value(in, token, depth + 1, textHere, idHere);
    }
  }

  private void takeText(JsonParser in, JsonToken token, boolean here) throws IOException {
    textToken = here ? token : null;
    text = null;
    if (here && token == JsonToken.VALUE_STRING) {
      atText = true;
      text = in.getText();
      atText = false;
    }
  }

  private void takeId(JsonParser in, JsonToken token, boolean here) throws IOException {
    boolean scalar = token == JsonToken.VALUE_STRING || token.isNumeric();
    id = here && scalar ? in.getText() : null;
  }

  private int idLength() {
    return idPath == null ? -1 : idPath.length();
  }
}
