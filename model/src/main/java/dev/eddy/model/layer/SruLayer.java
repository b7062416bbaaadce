package dev.eddy.model.layer;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

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
 * <p>Data is [batch, features, time] ({@code NCW}, or {@code NWC} if so set), of type FLOAT. A step
 * whose mask is 0 gives h = 0 and leaves c = 0, as Deeplearning4j's other recurrent layers do.
 * {@code rnnTimeStep}, truncated backpropagation through time, dropout on the input, masks and the
 * JSON form of a network all work; weight noise does not. The activation function of the network's
 * defaults is not used. Like every layer it is confined to one thread.
 *
 * <p>Parameters, with H = nOut: {@code W} [nIn, H·G], column blocks c, f, r and, if nIn ≠ nOut, x;
 * {@code v} [2H], v_f then v_r; {@code b} [2H], b_f then b_r. Initialised as in §3.2 of the paper:
 * W uniform within ±√(3/nIn), v within ±√3 (each of its numbers has one input); the gates' blocks
 * and v scaled by √½; b_f = 0, b_r the highway bias b; α = √(1 + 2·e^b), which is not trained.
 *
 * <pre>{@code
 * new NeuralNetConfiguration.Builder().updater(new Adam(3e-3)).list()
 *     .layer(new SruLayer.Builder().nIn(8).nOut(64).build())
 *     .layer(new SruLayer.Builder().nIn(64).nOut(64).build())
 *     .layer(new RnnOutputLayer.Builder(...).nIn(64).nOut(3).build())
 * }</pre>
 */
public final class SruLayer extends BaseRecurrentLayer {
  private static final long serialVersionUID = 1L;

  private double highwayBias;

  /** For reading JSON. */
  private SruLayer() {}

  private SruLayer(Builder builder) {
    super(builder);
    this.highwayBias = builder.highwayBias;
    initializeConstraints(builder);
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
  public boolean projectsHighway() {
    return nIn != nOut;
  }

  /** G, column blocks of W. */
  int blocks() {
    return projectsHighway() ? 4 : 3;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parametersView,
      boolean initializeParameters,
      DataType networkDataType) {
    LayerValidation.assertNInNOutSet("SruLayer", getLayerName(), layerIndex, getNIn(), getNOut());
    if (networkDataType != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "SruLayer, layer " + layerIndex + ": data type " + networkDataType + " (must be FLOAT)");
    }
    SruLayerImplementation layer = new SruLayerImplementation(conf, networkDataType);
    layer.setListeners(listeners);
    layer.setIndex(layerIndex);
    layer.setParamsViewArray(parametersView);
    Map<String, INDArray> parameters =
        initializer().init(conf, parametersView, initializeParameters);
    layer.setParamTable(parameters);
    layer.setConf(conf);
    return layer;
  }

  @Override
  public ParamInitializer initializer() {
    return SruParamInitializer.INSTANCE;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    InputType.InputTypeRecurrent recurrent = (InputType.InputTypeRecurrent) inputType;
    long steps = Math.max(1, recurrent.getTimeSeriesLength());
    long parameters = initializer().numParams(this);
    long perExample =
        steps * nOut * (blocks() + 3); // U and dU in place, c, h, and the input's copy
    return new LayerMemoryReport.Builder(
            getLayerName(), SruLayer.class, inputType, getOutputType(-1, inputType))
        .standardMemory(parameters, getIUpdater().stateSize(parameters))
        .workingMemory(0, perExample, 0, perExample)
        .cacheMemory(0, 0)
        .build();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SruLayer that
        && super.equals(other)
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
  public static final class Builder extends BaseRecurrentLayer.Builder<Builder> {
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
