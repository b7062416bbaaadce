package dev.eddy.model.layer.simd;

import dev.eddy.model.layer.pass.CellPass;
import dev.eddy.model.layer.pass.HeadPass;
import dev.eddy.model.layer.pass.Passes;

/** Passes on the vector kernels, for a CPU and a JVM with the vector module. */
public final class SimdPasses implements Passes {
  @Override
  public CellPass sru(int inputs, int hidden, float highwayScale) {
    return new SimdSruPass(inputs, hidden, highwayScale);
  }

  @Override
  public CellPass lstm(int inputs, int hidden, boolean peeps) {
    return new SimdLstmPass(inputs, hidden, peeps);
  }

  @Override
  public CellPass gru(int inputs, int hidden) {
    return new SimdGruPass(inputs, hidden);
  }

  @Override
  public CellPass rnn(int inputs, int hidden, float leak) {
    return new SimdRnnPass(inputs, hidden, leak);
  }

  @Override
  public HeadPass head(int inputs, int outputs) {
    return new SimdHeadPass(inputs, outputs);
  }
}
