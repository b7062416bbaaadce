package dev.eddy.model.layer.nd4j;

import dev.eddy.model.layer.pass.CellPass;
import dev.eddy.model.layer.pass.HeadPass;
import dev.eddy.model.layer.pass.Passes;

/** Passes in ND4J's operations, for a GPU or a JVM without the vector module. */
public final class Nd4jPasses implements Passes {
  @Override
  public CellPass sru(int inputs, int hidden, float highwayScale) {
    return new Nd4jSruPass(inputs, hidden, highwayScale);
  }

  @Override
  public CellPass lstm(int inputs, int hidden, boolean peeps) {
    return new Nd4jLstmPass(inputs, hidden, peeps);
  }

  @Override
  public CellPass gru(int inputs, int hidden) {
    return new Nd4jGruPass(inputs, hidden);
  }

  @Override
  public CellPass rnn(int inputs, int hidden, float leak) {
    return new Nd4jRnnPass(inputs, hidden, leak);
  }

  @Override
  public HeadPass head(int inputs, int outputs) {
    return new Nd4jHeadPass();
  }
}
