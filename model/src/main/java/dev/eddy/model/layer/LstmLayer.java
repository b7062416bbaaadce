package dev.eddy.model.layer;

import dev.eddy.model.layer.pass.CellPass;
import dev.eddy.model.layer.pass.NamedArrays;
import dev.eddy.model.layer.pass.Passes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An LSTM layer for Deeplearning4j: Hochreiter and Schmidhuber 1997 with the forget gate of Gers,
 * Schmidhuber, Cummins 2000, and, if wanted, the peepholes of Gers, Schraudolph, Schmidhuber 2002.
 *
 * <pre>
 * i_t = σ(x·W_i + h·R_i + b_i (+ p_i ⊙ c_{t-1}))
 * f_t = σ(x·W_f + h·R_f + b_f (+ p_f ⊙ c_{t-1}))
 * g_t = tanh(x·W_g + h·R_g + b_g)
 * c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t
 * o_t = σ(x·W_o + h·R_o + b_o (+ p_o ⊙ c_t))
 * h_t = o_t ⊙ tanh(c_t)
 * </pre>
 *
 * <p>Parameters, with H = nOut: {@code weight} [nIn, 4H], column blocks i, f, g, o; {@code
 * recurrent} [H, 4H]; {@code bias} [4H]; with peepholes {@code peephole} [3, H], of i, f, o.
 * Initialised Glorot-uniform, b_f 1, the other biases and the peepholes 0. See {@link CellLayer}
 * for what all of Eddy's layers share.
 */
public final class LstmLayer extends CellLayer {
  private static final long serialVersionUID = 1L;

  private boolean peephole;

  /** For reading JSON. */
  private LstmLayer() {}

  private LstmLayer(Builder builder) {
    super(builder);
    this.peephole = builder.peephole;
  }

  /** Whether the gates see the cell. */
  public boolean isPeephole() {
    return peephole;
  }

  /** Sets it; for reading JSON, the way Deeplearning4j does. */
  public void setPeephole(boolean peephole) {
    this.peephole = peephole;
  }

  @Override
  List<CellParameter> parameters() {
    int hidden = hidden();
    List<CellParameter> parameters = new ArrayList<>();
    parameters.add(CellParameter.glorot(NamedArrays.WEIGHT, inputs(), 4, hidden));
    parameters.add(CellParameter.glorot(NamedArrays.RECURRENT, hidden, 4, hidden));
    parameters.add(new CellParameter(NamedArrays.BIAS, 1, 4 * hidden, this::initialBias));
    if (peephole) {
      parameters.add(CellParameter.zero(NamedArrays.PEEPHOLE, 3, hidden));
    }
    return parameters;
  }

  private float[] initialBias() {
    float[] values = new float[4 * hidden()];
    Arrays.fill(values, hidden(), 2 * hidden(), 1f);
    return values;
  }

  @Override
  CellPass pass(Passes passes) {
    return passes.lstm(inputs(), hidden(), peephole);
  }

  @Override
  int keptPerUnit() {
    return 4 + 4; // gates and their gradients in place, c, tanh(c), h, dh
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return super.equals(other) && other instanceof LstmLayer that && peephole == that.peephole;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof LstmLayer;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), peephole);
  }

  /** Builds the layer; {@code nIn} may be left to the network's input type. */
  @SuppressWarnings("unchecked") // build() has the signature of Deeplearning4j's own builders
  public static final class Builder extends CellLayer.Builder<Builder> {
    private boolean peephole;

    /** Whether the gates see the cell; default false. */
    public Builder peephole(boolean wanted) {
      this.peephole = wanted;
      return this;
    }

    @Override
    public LstmLayer build() {
      return new LstmLayer(this);
    }
  }
}
