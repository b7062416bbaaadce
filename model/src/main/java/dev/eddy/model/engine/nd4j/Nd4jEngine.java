package dev.eddy.model.engine.nd4j;

import dev.eddy.model.engine.StepArguments;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightNames;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.PackedSequence;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Steps a network with ND4J, on the CPU or a GPU. Every call into ND4J costs microseconds whatever
 * its size, so that this pays for large batches only. Confined to one thread. Its native buffers
 * grow to the largest batch and are kept; the views on them are small Java objects, made per call.
 */
final class Nd4jEngine implements StepEngine {
  private final StepArguments arguments;
  private final Nd4jLayer[] layers;
  private final Affine head; // [O, rows]
  private final BatchMatrix inputs; // [D, rows]
  private final BatchMatrix states; // [stateSize, keys]

  Nd4jEngine(NetworkWeights weights) {
    keepToOwnThread();
    NetworkShape shape = weights.shape();
    this.arguments = StepArguments.of(shape);
    this.layers =
        weights.layers().stream()
            .map(layer -> layer.accept(new Nd4jLayers(layer)))
            .toArray(Nd4jLayer[]::new);
    this.head =
        new Affine(
            Projection.ofBlock(weights.tensor(WeightNames.HEAD_WEIGHT), 1, 0),
            new TiledVector(weights.values(WeightNames.HEAD_BIAS)),
            shape.outputSize());
    this.inputs = new BatchMatrix(shape.inputSize());
    this.states = new BatchMatrix(shape.stateSize());
  }

  /** Parallelism is Flink's. */
  private static void keepToOwnThread() {
    Nd4j.getExecutioner(); // starts ND4J, without which there is no holder of its operations
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
  }

  @Override
  public void forward(PackedSequence sequence, float[] hidden, float[] outputs) {
    arguments.check(sequence, hidden, outputs);
    if (sequence.rows() == 0) {
      return;
    }
    INDArray state = states.resized(sequence.keys());
    states.read(hidden);
    INDArray layerInputs = inputs.resized(sequence.rows());
    inputs.read(sequence.inputs());
    for (Nd4jLayer layer : layers) {
      layerInputs = layer.forward(sequence, layerInputs, state);
    }
    head.of(layerInputs);
    head.write(outputs);
    states.write(hidden);
  }

  @Override
  public void close() {
    for (Nd4jLayer layer : layers) {
      layer.close();
    }
    head.close();
    inputs.close();
    states.close();
  }
}
