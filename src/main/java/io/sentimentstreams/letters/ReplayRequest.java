package io.sentimentstreams.letters;

import org.jspecify.annotations.Nullable;

/**
 * What is to be replayed, and how.
 *
 * @param filter which letters
 * @param to where their events go, null for the topics that they came from
 * @param limit most letters to replay
 * @param now whether events get the time of the replay in place of their own
 * @param dryRun whether nothing is sent
 */
public record ReplayRequest(
    LetterFilter filter, @Nullable String to, long limit, boolean now, boolean dryRun) {}
