package io.sentimentstreams.event;

import org.jspecify.annotations.Nullable;

/**
 * The JSON Schemas of a topic's records, as files relative to the folder of the topics; null where
 * there is none.
 *
 * @param value of the values, where they are not null
 * @param key of the keys, as UTF-8 text
 * @param headers of an object of the headers: by name, as UTF-8 text, the last of each name
 */
public record TopicSchemas(@Nullable String value, @Nullable String key, @Nullable String headers) {
  /** Nothing is said of the records. */
  public static final TopicSchemas NONE = new TopicSchemas(null, null, null);
}
