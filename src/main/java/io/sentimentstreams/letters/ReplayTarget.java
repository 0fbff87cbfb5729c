package io.sentimentstreams.letters;

/**
 * A topic that events are sent to.
 *
 * @param partitions 1 or more
 * @param maximumBytes of a record, as {@code max.message.bytes} says
 * @param retentionMillis age at which the topic drops records by their time; -1 where it keeps
 *     them, or gives them a time of its own
 */
record ReplayTarget(String name, int partitions, int maximumBytes, long retentionMillis) {}
