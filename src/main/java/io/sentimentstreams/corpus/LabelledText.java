package io.sentimentstreams.corpus;

import org.jspecify.annotations.Nullable;

/**
 * One text and what a person said of it.
 *
 * @param text the text, cleaned of the source's own artefacts but not tokenized
 * @param label its class
 * @param group texts that share a group (a film, an author) never stand on both sides of a split;
 *     null where the source names none
 */
public record LabelledText(String text, String label, @Nullable String group) {}
