package dev.eddy.model.layer;

import dev.eddy.model.layer.pass.CellPass;
import dev.eddy.model.layer.pass.NamedArrays;
import dev.eddy.model.layer.pass.Passes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A GRU layer for Deeplearning4j: Cho et al. 2014, arXiv:1406.1078, with the reset gate after the
 * product, so that a step multiplies by one matrix.
 *
 * <pre>
 * z_t = σ(x·W_z + h·R_z + b_z)
 * r_t = σ(x·W_r + h·R_r + b_r)
 * n_t = tanh(x·W_n + b_n + r_t ⊙ (h·R_n + b_m))
 * h_t = (1 − z_t) ⊙ h_{t-1} + z_t ⊙ n_t
 * </pre>
 *
 * <p>Parameters, with H = nOut: {@code weight} [nIn, 3H], column blocks z, r, n; {@code recurrent}
 * [H, 3H]; {@code bias} [4H]: b_z, b_r, b_n, b_m. Initialised Glorot-uniform, biases 0. See {@link
 * CellLayer} for what all of Eddy's layers share.
 */
public final class GruLayer extends CellLayer {
  private static final long serialVersionUID = 1L;

  /** For reading JSON. */
  private GruLayer() {}

  private GruLayer(Builder builder) {
    super(builder);
  }

  @Override
  List<CellParameter> parameters() {
    int hidden = hidden();
    return List.of(
        CellParameter.glorot(NamedArrays.WEIGHT, inputs(), 3, hidden),
        CellParameter.glorot(NamedArrays.RECURRENT, hidden, 3, hidden),
        CellParameter.zero(NamedArrays.BIAS, 1, 4 * hidden));
  }

  @Override
  CellPass pass(Passes passes) {
    return passes.gru(inputs(), hidden());
  }

  @Override
  int keptPerUnit() {
    return 3 + 3; // gates and their gradients in place, m, h, dh
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GruLayer && super.equals(other);
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof GruLayer;
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }

  /** Builds the layer; {@code nIn} may be left to the network's input type. */
  @SuppressWarnings("unchecked") // build() has the signature of Deeplearning4j's own builders
  public static final class Builder extends CellLayer.Builder<Builder> {
    @Override
    public GruLayer build() {
      return new GruLayer(this);
    }
  }
}
