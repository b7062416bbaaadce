package dev.eddy.model.engine.simd;

import dev.eddy.model.kernel.LayerWeights;
import dev.eddy.model.spec.layer.GruShape;
import dev.eddy.model.spec.layer.LayerVisitor;
import dev.eddy.model.spec.layer.LstmShape;
import dev.eddy.model.spec.layer.RnnShape;
import dev.eddy.model.spec.layer.SruShape;

/** Packs a layer's weights for the vector kernels that step its kind. */
record SimdLayers(LayerWeights weights) implements LayerVisitor<SimdLayer> {
  @Override
  public SimdLayer sru(SruShape shape) {
    return new SimdSruLayer(shape, weights);
  }

  @Override
  public SimdLayer lstm(LstmShape shape) {
    return SimdGatedLayer.lstm(shape, weights);
  }

  @Override
  public SimdLayer gru(GruShape shape) {
    return SimdGatedLayer.gru(shape, weights);
  }

  @Override
  public SimdLayer rnn(RnnShape shape) {
    return new SimdRnnLayer(shape, weights);
  }
}
