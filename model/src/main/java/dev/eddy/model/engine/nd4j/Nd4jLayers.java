package dev.eddy.model.engine.nd4j;

import dev.eddy.model.kernel.LayerWeights;
import dev.eddy.model.spec.layer.GruShape;
import dev.eddy.model.spec.layer.LayerVisitor;
import dev.eddy.model.spec.layer.LstmShape;
import dev.eddy.model.spec.layer.RnnShape;
import dev.eddy.model.spec.layer.SruShape;

/** Puts a layer's weights where ND4J steps its kind. */
record Nd4jLayers(LayerWeights weights) implements LayerVisitor<Nd4jLayer> {
  @Override
  public Nd4jLayer sru(SruShape shape) {
    return new Nd4jSruLayer(shape, weights);
  }

  @Override
  public Nd4jLayer lstm(LstmShape shape) {
    return new Nd4jGatedLayer(weights, new Nd4jLstmCell(shape, weights));
  }

  @Override
  public Nd4jLayer gru(GruShape shape) {
    return new Nd4jGatedLayer(weights, new Nd4jGruCell(shape, weights));
  }

  @Override
  public Nd4jLayer rnn(RnnShape shape) {
    return new Nd4jGatedLayer(weights, new Nd4jRnnCell(shape, weights));
  }
}
