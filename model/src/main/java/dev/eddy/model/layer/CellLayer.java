package dev.eddy.model.layer;

import dev.eddy.model.layer.pass.CellPass;
import dev.eddy.model.layer.pass.Passes;
import java.util.Collection;
import java.util.List;
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
 * A recurrent layer for Deeplearning4j on Eddy's own kernels: the vector kernels on the CPU where
 * the JVM has the vector module, ND4J's operations otherwise.
 *
 * <p>Data is [batch, features, time] ({@code NCW}, or {@code NWC} if so set), of type FLOAT. A step
 * whose mask is 0 gives h = 0 and leaves a zero state, as Deeplearning4j's own recurrent layers do.
 * {@code rnnTimeStep}, truncated backpropagation through time, dropout on the input, masks and the
 * JSON form of a network all work; weight noise does not and is refused. A cell has its own
 * activation functions and initial values: others set on the layer are refused, those of the
 * network's defaults are not used. Like every layer it is confined to one thread.
 *
 * <p>Parameters are row-major in the layout in which Eddy stores weights: {@code weight}, {@code
 * recurrent}, {@code bias}, and what else a cell has.
 */
public abstract class CellLayer extends BaseRecurrentLayer {
  private static final long serialVersionUID = 1L;

  private boolean inputGradient = true;

  /** For reading JSON. */
  CellLayer() {}

  CellLayer(Builder<?> builder) {
    super(builder);
    this.inputGradient = builder.inputGradient;
    refuseForeignSettings();
    initializeConstraints(builder);
  }

  /** Here, because afterwards the network's defaults stand where the layer sets nothing. */
  private void refuseForeignSettings() {
    refuse("activation", activationFn);
    refuse("weightInit", weightInitFn);
    refuse("weightInitRecurrent", weightInitFnRecurrent);
    refuse("biasInit", Double.isNaN(biasInit) ? null : biasInit);
  }

  private void refuse(String setting, @Nullable Object value) {
    if (value != null) {
      throw new IllegalArgumentException(
          getClass().getSimpleName()
              + ": "
              + setting
              + " "
              + value
              + " (must be left to the cell)");
    }
  }

  /** The parameters, in their order in memory. */
  abstract List<CellParameter> parameters();

  /** The layer's arithmetic. */
  abstract CellPass pass(Passes passes);

  /** Numbers that training keeps for each unit of each step. */
  abstract int keptPerUnit();

  /** Whether backpropagation computes the gradient by the layer's inputs. */
  public final boolean isInputGradient() {
    return inputGradient;
  }

  /** Sets it; for reading JSON, the way Deeplearning4j does. */
  public final void setInputGradient(boolean inputGradient) {
    this.inputGradient = inputGradient;
  }

  @Override
  public final Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parametersView,
      boolean initializeParameters,
      DataType networkDataType) {
    LayerValidation.assertNInNOutSet(
        getClass().getSimpleName(), getLayerName(), layerIndex, getNIn(), getNOut());
    check(layerIndex, networkDataType);
    CellLayerImplementation layer = new CellLayerImplementation(conf, networkDataType);
    layer.setListeners(listeners);
    layer.setIndex(layerIndex);
    layer.setParamsViewArray(parametersView);
    layer.setParamTable(initializer().init(conf, parametersView, initializeParameters));
    layer.setConf(conf);
    return layer;
  }

  private void check(int layerIndex, DataType dataType) {
    String place = getClass().getSimpleName() + ", layer " + layerIndex + ": ";
    if (dataType != DataType.FLOAT) {
      throw new IllegalArgumentException(place + "data type " + dataType + " (must be FLOAT)");
    }
    if (getWeightNoise() != null) {
      throw new IllegalArgumentException(
          place + "weight noise " + getWeightNoise() + " (must be none)");
    }
    if (!inputGradient && layerIndex > 0) {
      throw new IllegalArgumentException(
          place + "without input gradient (must be the first layer)");
    }
  }

  @Override
  public final ParamInitializer initializer() {
    return CellParameters.INSTANCE;
  }

  @Override
  public final LayerMemoryReport getMemoryReport(InputType inputType) {
    InputType.InputTypeRecurrent recurrent = (InputType.InputTypeRecurrent) inputType;
    long steps = Math.max(1, recurrent.getTimeSeriesLength());
    long parameters = initializer().numParams(this);
    long perExample = steps * (nOut * keptPerUnit() + 2 * nIn);
    return new LayerMemoryReport.Builder(
            getLayerName(), getClass(), inputType, getOutputType(-1, inputType))
        .standardMemory(parameters, getIUpdater().stateSize(parameters))
        .workingMemory(0, perExample, 0, perExample)
        .cacheMemory(0, 0)
        .build();
  }

  final int inputs() {
    return Math.toIntExact(nIn);
  }

  final int hidden() {
    return Math.toIntExact(nOut);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CellLayer that
        && getClass() == that.getClass()
        && super.equals(other)
        && inputGradient == that.inputGradient;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof CellLayer && getClass() == other.getClass();
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), inputGradient);
  }

  /** Builds a layer; {@code nIn} may be left to the network's input type. */
  public abstract static class Builder<T extends Builder<T>> extends BaseRecurrentLayer.Builder<T> {
    private boolean inputGradient = true;

    Builder() {}

    /**
     * Leaves out the gradient by the layer's inputs, which nobody needs of a network's first layer;
     * then backpropagation returns none. For the layer 0 of a multi-layer network only.
     */
    @SuppressWarnings("unchecked")
    public final T withoutInputGradient() {
      this.inputGradient = false;
      return (T) this;
    }
  }
}
