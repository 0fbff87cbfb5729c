package io.sentimentstreams.avro;

import org.jspecify.annotations.Nullable;

/**
 * What a route in Avro reads and writes.
 *
 * @param name of the route
 * @param output topic of its labelled events
 * @param textPointer JSON pointer to the text: names of fields and of a map's keys, indices of
 *     arrays
 * @param idPointer JSON pointer to the id, null where the events have none
 * @param groupPointer JSON pointer to the group, null where the events have none
 * @param maximumTextBytes of the text in UTF-8, 1 or more
 * @param maximumDepth levels of records, arrays and maps in a value, 1 or more
 */
public record AvroRoute(
    String name,
    String output,
    String textPointer,
    @Nullable String idPointer,
    @Nullable String groupPointer,
    int maximumTextBytes,
    int maximumDepth) {}
