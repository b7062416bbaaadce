package dev.eddy.model.engine;

import dev.eddy.model.kernel.WeightShapes;
import dev.eddy.model.spec.NetworkShape;

/**
 * What a micro-batch asks of an engine: whether a GPU gains by it decides what {@code auto} is.
 *
 * <p>ND4J takes a layer through a wave in about 30 calls, whatever the cell. On a GPU each costs
 * some 10 µs, most of it on the way there, however little there is to compute, so that a layer
 * cannot take less than 300 µs; the arithmetic beyond that is next to free. One core of the CPU
 * with {@code simd} multiplies and adds 40 billion times a second (80 GFLOP/s, less than half of
 * what it reaches at its best), 12 million times in those 300 µs. A GPU has to win twice over,
 * because hidden states travel to it and back, and because other subtasks share it but not the
 * core: {@link #GAIN}. With 256 rows that is an LSTM layer of 110 units, or an SRU layer of 180.
 *
 * <p>Nobody need set this number: {@code serving.engine} names an engine outright.
 *
 * @param network the network stepped
 * @param rows of a wave, when the stream runs at its fullest
 */
public record Workload(NetworkShape network, int rows) {
  /** Multiplications per layer and wave from which a GPU is the faster one. */
  static final long GAIN = 25_000_000;

  boolean gainsOnGpu() {
    return WeightShapes.count(network) * rows
        >= GAIN * network.layers().size() * network.networks();
  }
}
