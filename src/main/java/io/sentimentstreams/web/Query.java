package io.sentimentstreams.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request's address.
 *
 * @param raw what stands behind the question mark, as it came
 * @param values by name; of a name given twice the last one
 */
public record Query(String raw, Map<String, String> values) {
  public Query {
    values = Map.copyOf(values);
  }

  /**
   * Parses what stands behind the question mark.
   *
   * @param raw null where nothing does; a part of a valid URI
   */
  static Query parse(@Nullable String raw) {
    Map<String, String> values = new HashMap<>();
    String text = raw == null ? "" : raw;
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return new Query(text, values);
  }

  /** The parameter's value; empty where it is not given. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, UTF_8);
  }
}
