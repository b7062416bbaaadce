package dev.eddy.model.engine.simd;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.PackedSequence;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vectors stay in registers: once compiled, a step allocates nothing. */
class SimdAllocationTest {
  private static final int MEASURED = 500;

  /** Enough for the last compilations, which the JVM does beside the running program. */
  private static final int ATTEMPTS = 60;

  /**
   * A tail of few rows, one row alone, more rows than are stepped at a time, a last wave of one.
   */
  private static final int[][] WAVES = {{14, 3, 1}, {1}, {70}, {5, 1}};

  @ParameterizedTest
  @CsvSource({
    "SRU, 8, 64, false, 1",
    "SRU, 64, 64, false, 1",
    "SRU, 5, 11, false, 1",
    "LSTM, 8, 64, false, 1",
    "LSTM, 8, 64, true, 1",
    "LSTM, 5, 11, false, 1",
    "LSTM, 5, 11, true, 1",
    "GRU, 8, 64, false, 1",
    "GRU, 5, 11, false, 1",
    "RNN, 8, 64, false, 1",
    "RNN, 8, 64, false, 0.3",
    "RNN, 5, 11, false, 0.3"
  })
  void a_step_allocates_nothing_once_warm(
      CellType cell, int inputSize, int hiddenSize, boolean peephole, double leak) {
    NetworkShape shape = new NetworkShape(cell, inputSize, hiddenSize, 2, 70, peephole, leak);
    assertAllocatesNothing(shape);
  }

  @Test
  void neither_does_the_mean_of_several_networks() {
    assertAllocatesNothing(new NetworkShape(CellType.SRU, 5, 11, 2, 70).withNetworks(3));
  }

  private static void assertAllocatesNothing(NetworkShape shape) {
    try (StepEngine engine =
        StepEngines.create(EngineKind.SIMD, NetworkWeights.initialise(shape, 1))) {
      for (int[] waves : WAVES) {
        PackedSequence sequence = new PackedSequence(shape.inputSize());
        sequence.reset(waves, waves.length);
        assertThat(leastAllocatedBy(engine, sequence, shape))
            .as("bytes in %d calls of %s rows", MEASURED, Arrays.toString(waves))
            .isZero();
      }
    }
  }

  private static long leastAllocatedBy(
      StepEngine engine, PackedSequence sequence, NetworkShape shape) {
    float[] hidden = new float[sequence.keys() * shape.stateSize()];
    float[] outputs = new float[sequence.rows() * shape.outputSize()];
    long least = Long.MAX_VALUE;
    for (int attempt = 0; attempt < ATTEMPTS && least > 0; attempt++) {
      least = Math.min(least, allocatedBy(engine, sequence, hidden, outputs));
    }
    return least;
  }

  private static long allocatedBy(
      StepEngine engine, PackedSequence sequence, float[] hidden, float[] outputs) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < MEASURED; i++) {
      engine.forward(sequence, hidden, outputs);
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
