package dev.eddy.model.layer.simd;

import dev.eddy.model.kernel.simd.Panels;
import dev.eddy.model.kernel.simd.training.RnnTraining;
import dev.eddy.model.kernel.simd.training.Sums;
import dev.eddy.model.kernel.simd.training.TrainingProduct;
import dev.eddy.model.layer.pass.HostValues;
import dev.eddy.model.layer.pass.NamedArrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A leaky RNN on the vector kernels. */
final class SimdRnnPass extends SimdRecurrentPass {
  private final RnnTraining kernel;
  private final Panels panels;
  private final Panels transposed;

  SimdRnnPass(int inputs, int hidden, float leak) {
    super(inputs, hidden, 1, 1);
    this.kernel = new RnnTraining(width, leak);
    this.panels = new Panels(hidden, width);
    this.transposed = new Panels(width, width);
  }

  @Override
  void load(Map<String, INDArray> parameters) {
    super.load(parameters);
    panels.pack(recurrent, hidden, hidden, 0, hidden, 1);
    bias =
        Panels.padBlocks(HostValues.read(NamedArrays.get(parameters, NamedArrays.BIAS)), hidden, 1);
  }

  @Override
  void forward(int step) {
    int at = step * batch * width;
    TrainingProduct.multiply(outputs, at, width, batch, panels, gates, at, width, gates, at, width);
    kernel.forward(gates, at, batch, outputs, at);
    clearMasked(step, outputs, at + batch * width);
  }

  @Override
  void beginBackward() {
    super.beginBackward();
    transposed.packTransposed(recurrent, hidden, hidden, 0, hidden, 1);
  }

  @Override
  void backward(int step) {
    int at = step * batch * width;
    clearMasked(step, outputGradient, at);
    clearMasked(step, recurrentGradient, 0);
    kernel.backward(gates, at, batch, outputGradient, at, recurrentGradient);
    Sums.add(gates, at, width, batch, width, biasGradient, 0);
    float[] back = recurrentGradient;
    TrainingProduct.multiply(gates, at, width, batch, transposed, back, 0, width, back, 0, width);
  }
}
