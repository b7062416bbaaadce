package dev.eddy.model.training.network;

import dev.eddy.model.layer.CellLayer;
import dev.eddy.model.layer.GruLayer;
import dev.eddy.model.layer.LstmLayer;
import dev.eddy.model.layer.RnnLayer;
import dev.eddy.model.layer.SruLayer;
import dev.eddy.model.spec.layer.GruShape;
import dev.eddy.model.spec.layer.LayerVisitor;
import dev.eddy.model.spec.layer.LstmShape;
import dev.eddy.model.spec.layer.RnnShape;
import dev.eddy.model.spec.layer.SruShape;

/** Begins the Deeplearning4j layer that a layer is trained as; its sizes are still to be said. */
final class TrainableLayers implements LayerVisitor<CellLayer.Builder<?>> {
  @Override
  public CellLayer.Builder<?> sru(SruShape shape) {
    return new SruLayer.Builder();
  }

  @Override
  public CellLayer.Builder<?> lstm(LstmShape shape) {
    return new LstmLayer.Builder().peephole(shape.peephole());
  }

  @Override
  public CellLayer.Builder<?> gru(GruShape shape) {
    return new GruLayer.Builder();
  }

  @Override
  public CellLayer.Builder<?> rnn(RnnShape shape) {
    return new RnnLayer.Builder().leak(shape.leak());
  }
}
