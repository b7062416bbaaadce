package dev.eddy.model.layer;

import dev.eddy.model.layer.pass.CellPass;
import dev.eddy.model.layer.pass.NamedArrays;
import dev.eddy.model.layer.pass.Passes;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Simple Recurrent Unit layer for Deeplearning4j: Lei, Zhang, Wang, Dai, Artzi, "Simple Recurrent
 * Units for Highly Parallelizable Recurrence", 2018, arXiv:1709.02755v5.
 *
 * <pre>
 * U   = X·W                                       one matrix product for all steps of all sequences
 * f_t = σ(U_f + v_f ⊙ c_{t-1} + b_f)
 * r_t = σ(U_r + v_r ⊙ c_{t-1} + b_r)
 * c_t = f_t ⊙ c_{t-1} + (1 − f_t) ⊙ U_c
 * h_t = r_t ⊙ c_t + (1 − r_t) ⊙ α·x_t             nIn = nOut
 * h_t = r_t ⊙ c_t + (1 − r_t) ⊙ U_x               nIn ≠ nOut: a fourth projection of x_t
 * </pre>
 *
 * <p>No step multiplies a matrix; that is why a layer costs a fraction of an LSTM's. Backward works
 * the same way: the walk back over time gathers dU, then dW = Xᵀ·dU and dX = dU·Wᵀ in one product
 * each.
 *
 * <p>Parameters, with H = nOut: {@code weight} [nIn, H·G], column blocks c, f, r and, if nIn ≠
 * nOut, x; {@code recurrent} [2, H], v_f then v_r; {@code bias} [2, H], b_f then b_r. Initialised
 * as in §3.2 of the paper: W uniform within ±√(3/nIn), v within ±√3 (each of its numbers has one
 * input); the gates' blocks and v scaled by √½; b_f = 0, b_r the highway bias b; α = √(1 + 2·e^b),
 * which is not trained. See {@link CellLayer} for what all of Eddy's layers share.
 *
 * <pre>{@code
 * new NeuralNetConfiguration.Builder().updater(new Adam(3e-3)).list()
 *     .layer(new SruLayer.Builder().nIn(8).nOut(64).build())
 *     .layer(new SruLayer.Builder().nIn(64).nOut(64).build())
 *     .layer(new RnnOutputLayer.Builder(...).nIn(64).nOut(3).build())
 * }</pre>
 */
public final class SruLayer extends CellLayer {
  private static final long serialVersionUID = 1L;

  private double highwayBias;

  /** For reading JSON. */
  private SruLayer() {}

  private SruLayer(Builder builder) {
    super(builder);
    this.highwayBias = builder.highwayBias;
  }

  /** b, with which the reset gate's bias begins; below 0 lets more of the input pass. */
  public double getHighwayBias() {
    return highwayBias;
  }

  /** Sets b; for reading JSON, the way Deeplearning4j does. */
  public void setHighwayBias(double highwayBias) {
    this.highwayBias = highwayBias;
  }

  /** α, the factor of the input in the highway; 1 where a projection takes its place. */
  public float highwayScale() {
    return projectsHighway() ? 1f : (float) Math.sqrt(1 + 2 * Math.exp(highwayBias));
  }

  /** Whether a fourth projection of the input takes its place in the highway: nIn ≠ nOut. */
  boolean projectsHighway() {
    return nIn != nOut;
  }

  @Override
  List<CellParameter> parameters() {
    int columns = (projectsHighway() ? 4 : 3) * hidden();
    return List.of(
        new CellParameter(NamedArrays.WEIGHT, inputs(), columns, () -> initialWeight(columns)),
        new CellParameter(
            NamedArrays.RECURRENT,
            2,
            hidden(),
            () -> CellParameter.uniform(2 * hidden(), Math.sqrt(3 * 0.5))),
        new CellParameter(NamedArrays.BIAS, 2, hidden(), this::initialBias));
  }

  private float[] initialWeight(int columns) {
    float[] values = CellParameter.uniform(inputs() * columns, Math.sqrt(3.0 / inputs()));
    for (int i = 0; i < values.length; i++) {
      int block = i % columns / hidden();
      if (block == 1 || block == 2) {
        values[i] *= (float) Math.sqrt(0.5);
      }
    }
    return values;
  }

  private float[] initialBias() {
    float[] values = new float[2 * hidden()];
    Arrays.fill(values, hidden(), 2 * hidden(), (float) highwayBias);
    return values;
  }

  @Override
  CellPass pass(Passes passes) {
    return passes.sru(inputs(), hidden(), highwayScale());
  }

  @Override
  int keptPerUnit() {
    return (projectsHighway() ? 4 : 3) + 3; // U and dU in place, c, h, dh
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return super.equals(other)
        && other instanceof SruLayer that
        && Double.compare(highwayBias, that.highwayBias) == 0;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof SruLayer;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), highwayBias);
  }

  /** Builds the layer; {@code nIn} may be left to the network's input type. */
  @SuppressWarnings("unchecked") // build() has the signature of Deeplearning4j's own builders
  public static final class Builder extends CellLayer.Builder<Builder> {
    private double highwayBias;

    /** Sets b, with which the reset gate's bias begins, and so α; default 0. */
    public Builder highwayBias(double bias) {
      this.highwayBias = bias;
      return this;
    }

    @Override
    public SruLayer build() {
      return new SruLayer(this);
    }
  }
}
