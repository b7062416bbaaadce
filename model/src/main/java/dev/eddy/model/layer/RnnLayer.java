package dev.eddy.model.layer;

import dev.eddy.model.layer.pass.CellPass;
import dev.eddy.model.layer.pass.NamedArrays;
import dev.eddy.model.layer.pass.Passes;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent layer of leaky units for Deeplearning4j: Elman 1990; Jaeger, Lukoševičius, Popovici,
 * Siewert 2007 for the leak.
 *
 * <pre>
 * h_t = (1 − a) ⊙ h_{t-1} + a ⊙ tanh(x·W + h·R + b)
 * </pre>
 *
 * <p>Parameters, with H = nOut: {@code weight} [nIn, H]; {@code recurrent} [H, H]; {@code bias}
 * [H]. Initialised Glorot-uniform, the bias 0. a is not trained. See {@link CellLayer} for what all
 * of Eddy's layers share.
 */
public final class RnnLayer extends CellLayer {
  private static final long serialVersionUID = 1L;

  private double leak = 1;

  /** For reading JSON. */
  private RnnLayer() {}

  private RnnLayer(Builder builder) {
    super(builder);
    this.leak = builder.leak;
  }

  /** a, the share of a unit that each step replaces. */
  public double getLeak() {
    return leak;
  }

  /** Sets a; for reading JSON, the way Deeplearning4j does. */
  public void setLeak(double leak) {
    this.leak = leak;
  }

  @Override
  List<CellParameter> parameters() {
    return List.of(
        CellParameter.glorot(NamedArrays.WEIGHT, inputs(), 1, hidden()),
        CellParameter.glorot(NamedArrays.RECURRENT, hidden(), 1, hidden()),
        CellParameter.zero(NamedArrays.BIAS, 1, hidden()));
  }

  @Override
  CellPass pass(Passes passes) {
    return passes.rnn(inputs(), hidden(), (float) leak);
  }

  @Override
  int keptPerUnit() {
    return 1 + 2; // z, y and dz in place, h, dh
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return super.equals(other)
        && other instanceof RnnLayer that
        && Double.compare(leak, that.leak) == 0;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof RnnLayer;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), leak);
  }

  /** Builds the layer; {@code nIn} may be left to the network's input type. */
  @SuppressWarnings("unchecked") // build() has the signature of Deeplearning4j's own builders
  public static final class Builder extends CellLayer.Builder<Builder> {
    private double leak = 1;

    /** Sets a; default 1, the plain recurrent unit. */
    public Builder leak(double share) {
      if (!(share > 0 && share <= 1)) {
        throw new IllegalArgumentException("leak: " + share + " (must be above 0 and at most 1)");
      }
      this.leak = share;
      return this;
    }

    @Override
    public RnnLayer build() {
      return new RnnLayer(this);
    }
  }
}
