package io.sentimentstreams.model;

/**
 * Whether a backend can compute here.
 *
 * @param kind any but {@link BackendKind#AUTO}
 * @param usable whether its libraries load
 * @param gpu whether it can compute on a GPU
 * @param detail its library and where that computes, or why it does not
 */
public record BackendState(BackendKind kind, boolean usable, boolean gpu, String detail) {}
