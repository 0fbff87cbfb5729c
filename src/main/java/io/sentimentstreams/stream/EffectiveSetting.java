package io.sentimentstreams.stream;

/**
 * A setting as it is in force, to be shown.
 *
 * @param key as files and {@code --set} write it
 * @param value without its secrets
 * @param source where it is from: {@code default}, a file, a variable of the environment, or the
 *     command line
 */
public record EffectiveSetting(String key, String value, String source) {}
