package io.sentimentstreams.event;

/**
 * An event that cannot be labelled.
 *
 * @param reason the class of the problem
 * @param detail one line on this event, for people; may quote a few words of it
 */
public record Rejected(RejectionReason reason, String detail) implements ParsedEvent {}
