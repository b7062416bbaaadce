package dev.eddy.model.engine.nd4j;

import dev.eddy.model.kernel.LayerWeights;
import dev.eddy.model.spec.layer.RnnShape;
import dev.eddy.model.spec.layer.TensorShape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Plain recurrent units, leaky on request. */
final class Nd4jRnnCell implements Nd4jCell {
  private final Projection recurrent;
  private final double leak;

  Nd4jRnnCell(RnnShape shape, LayerWeights weights) {
    this.recurrent = Projection.ofBlock(weights.tensor(TensorShape.RECURRENT), 1, 0);
    this.leak = shape.leak();
  }

  @Override
  public void step(INDArray[] sums, INDArray[] state) {
    INDArray h = state[0];
    recurrent.addTo(sums[0], h);
    INDArray candidate = Transforms.tanh(sums[0], false);
    if (leak == 1) {
      h.assign(candidate);
    } else {
      h.addi(candidate.subi(h).muli(leak));
    }
  }

  @Override
  public void close() {
    recurrent.close();
  }
}
