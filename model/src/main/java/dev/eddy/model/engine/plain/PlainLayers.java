package dev.eddy.model.engine.plain;

import dev.eddy.model.kernel.LayerWeights;
import dev.eddy.model.spec.layer.GruShape;
import dev.eddy.model.spec.layer.LayerVisitor;
import dev.eddy.model.spec.layer.LstmShape;
import dev.eddy.model.spec.layer.RnnShape;
import dev.eddy.model.spec.layer.SruShape;

/** Makes of a layer's weights the loops that step its kind. */
record PlainLayers(LayerWeights weights) implements LayerVisitor<PlainLayer> {
  @Override
  public PlainLayer sru(SruShape shape) {
    return new PlainSruLayer(shape, weights);
  }

  @Override
  public PlainLayer lstm(LstmShape shape) {
    return new PlainLstmLayer(shape, weights);
  }

  @Override
  public PlainLayer gru(GruShape shape) {
    return new PlainGruLayer(shape, weights);
  }

  @Override
  public PlainLayer rnn(RnnShape shape) {
    return new PlainRnnLayer(shape, weights);
  }
}
