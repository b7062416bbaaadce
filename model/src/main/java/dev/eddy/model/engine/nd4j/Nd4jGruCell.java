package dev.eddy.model.engine.nd4j;

import dev.eddy.model.kernel.LayerWeights;
import dev.eddy.model.spec.layer.GruShape;
import dev.eddy.model.spec.layer.TensorShape;
import dev.eddy.model.tensor.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Gated Recurrent Units, Cho et al. 2014, arXiv:1406.1078v1: the reset gate acts on the product
 * with h.
 */
final class Nd4jGruCell implements Nd4jCell {
  private static final int UPDATE = 0;
  private static final int RESET = 1;
  private static final int CANDIDATE = 2;

  private final Projection update;
  private final Projection reset;
  private final Affine recall; // the candidate's product with h, and its bias b_m

  Nd4jGruCell(GruShape shape, LayerWeights weights) {
    Tensor recurrent = weights.tensor(TensorShape.RECURRENT);
    float[] bias = weights.values(TensorShape.BIAS); // b_z | b_r | b_n | b_m
    int size = shape.units();
    this.update = Projection.ofBlock(recurrent, 3, UPDATE);
    this.reset = Projection.ofBlock(recurrent, 3, RESET);
    this.recall =
        new Affine(
            Projection.ofBlock(recurrent, 3, CANDIDATE), TiledVector.ofBlock(bias, size, 3), size);
  }

  @Override
  public void step(INDArray[] sums, INDArray[] state) {
    INDArray h = state[0];
    update.addTo(sums[UPDATE], h);
    reset.addTo(sums[RESET], h);
    INDArray z = Transforms.sigmoid(sums[UPDATE], false);
    INDArray r = Transforms.sigmoid(sums[RESET], false);
    INDArray recalled = recall.of(h).muli(r);
    INDArray candidate = Transforms.tanh(sums[CANDIDATE].addi(recalled), false);
    h.addi(candidate.subi(h).muli(z));
  }

  @Override
  public void close() {
    update.close();
    reset.close();
    recall.close();
  }
}
