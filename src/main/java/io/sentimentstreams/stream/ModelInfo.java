package io.sentimentstreams.stream;

/**
 * What a model is, for outputs and meters.
 *
 * @param name the model's name
 * @param version the hash of its content
 * @param network the kind of network, such as {@code bilstm}
 * @param backend what computes, such as {@code dl4j}
 * @param device where it computes, such as {@code cpu}
 */
public record ModelInfo(
    String name, String version, String network, String backend, String device) {}
