package io.sentimentstreams.model;

import org.jspecify.annotations.Nullable;

/**
 * What a choice of backend depends on, besides what the user asks for.
 *
 * @param compiledObstacle why {@code compiled} cannot serve the network here, in words that follow
 *     "backend compiled:"; null where it can
 * @param dl4jGpu whether ND4J can compute on a GPU
 * @param onnxObstacle why {@code onnx} cannot serve the network here, in words that follow "backend
 *     onnx:"; null where it can
 * @param onnxGpu whether ONNX Runtime can compute on a GPU
 */
record BackendFacts(
    @Nullable String compiledObstacle,
    GpuSupport dl4jGpu,
    @Nullable String onnxObstacle,
    GpuSupport onnxGpu) {}
