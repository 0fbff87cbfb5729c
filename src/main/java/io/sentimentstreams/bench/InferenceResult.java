package io.sentimentstreams.bench;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one backend at one batch size and number of threads.
 *
 * @param network its kind, such as {@code bilstm}
 * @param model its name
 * @param backend such as {@code compiled}
 * @param device in words
 * @param batch rows of a call
 * @param threads at the same time
 * @param callers those of them that call; 1 where a call uses all
 * @param rowsPerSecond of all threads together; the median round
 * @param rowsPerSecondLow the slowest round
 * @param rowsPerSecondHigh the fastest round
 * @param p50Micros microseconds a text, the time of its call divided by the call's rows: of half of
 *     the calls no more
 * @param p99Micros of 99 of 100 calls no more
 * @param peakShare multiply-adds of the network as it is defined, as a share of what the threads
 *     reach in large matrix products; null where that is not known, and on a GPU
 * @param paddingShare of the token positions computed
 * @param loadMillis from the weights in memory to the end of the first call, the loading of native
 *     libraries included
 * @param memoryBytes weights and tables, on the heap and outside it
 * @param ratioTo the rows a second divided by those of the other backends in the same round; the
 *     median round
 */
public record InferenceResult(
    String network,
    String model,
    String backend,
    String device,
    int batch,
    int threads,
    int callers,
    double rowsPerSecond,
    double rowsPerSecondLow,
    double rowsPerSecondHigh,
    double p50Micros,
    double p99Micros,
    @Nullable Double peakShare,
    double paddingShare,
    double loadMillis,
    long memoryBytes,
    Map<String, Double> ratioTo) {}
