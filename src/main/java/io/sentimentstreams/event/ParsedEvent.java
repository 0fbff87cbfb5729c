package io.sentimentstreams.event;

/**
 * What an input value turned out to be: a text to label, or an event that goes to the dead letters.
 */
public sealed interface ParsedEvent permits TextEvent, Rejected {}
