package dev.eddy.model.layer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.eddy.model.layer.pass.CellPass;
import dev.eddy.model.layer.simd.SimdPasses;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Vectors stay in registers, and the arrays of a pass are made once. */
class CellAllocationTest {
  private static final int STEPS = 16;
  private static final int BATCH = 9;
  private static final int HIDDEN = 40; // with a padded vector

  /**
   * The parameters' padded copies and ND4J's views; a vector on the heap each time is megabytes.
   */
  private static final long FEW = 60_000;

  private static final int WARM_UP = 1000;
  private static final int MEASURED = 50;

  /** Enough for the last compilations, which the JVM does beside the running program. */
  private static final int ROUNDS = 30;

  private static Stream<CellLayer.Builder<?>> cells() {
    return Stream.of(
        new SruLayer.Builder(),
        new LstmLayer.Builder(),
        new LstmLayer.Builder().peephole(true),
        new GruLayer.Builder(),
        new RnnLayer.Builder().leak(0.5));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void an_update_allocates_little_once_warm(CellLayer.Builder<?> builder) {
    builder.nIn(HIDDEN).nOut(HIDDEN);
    CellLayer conf = builder.build();
    Map<String, INDArray> parameters = new HashMap<>();
    Map<String, INDArray> gradients = new HashMap<>();
    for (CellParameter parameter : conf.parameters()) {
      long[] shape = {parameter.rows(), parameter.columns()};
      parameters.put(parameter.name(), Nd4j.create(parameter.initial().get(), shape, 'c'));
      gradients.put(parameter.name(), Nd4j.create(DataType.FLOAT, shape));
    }
    INDArray input = sequence();
    INDArray output = sequence();
    INDArray inputGradient = sequence();
    CellPass pass = conf.pass(new SimdPasses());
    Runnable update =
        () -> {
          pass.forward(parameters, Map.of(), null, input, output);
          pass.backward(parameters, output, 0, gradients, inputGradient);
        };
    long median = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS && median > FEW; round++) {
      for (int i = 0; i < WARM_UP; i++) {
        update.run();
      }
      median = median(update);
    }
    assertThat(median).as("bytes of one update").isLessThanOrEqualTo(FEW);
  }

  private static long median(Runnable update) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] bytes = new long[MEASURED];
    for (int i = 0; i < MEASURED; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      update.run();
      bytes[i] = threads.getCurrentThreadAllocatedBytes() - before;
    }
    Arrays.sort(bytes);
    return bytes[MEASURED / 2];
  }

  private static INDArray sequence() {
    return Nd4j.randn(DataType.FLOAT, STEPS, BATCH, HIDDEN).permute(1, 2, 0);
  }
}
