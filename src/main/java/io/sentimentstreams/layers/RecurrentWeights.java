package io.sentimentstreams.layers;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parameters of one direction, or the loss by them. Kernels are column-major, as Deeplearning4j
 * keeps parameters, so that a gate's part is one block: its transpose, row-major.
 *
 * @param kernel {@code [inputs, gates * units]}
 * @param recurrentKernel {@code [units, gates * units]}
 * @param bias {@code [biases * units]}
 */
record RecurrentWeights(INDArray kernel, INDArray recurrentKernel, INDArray bias) {}
