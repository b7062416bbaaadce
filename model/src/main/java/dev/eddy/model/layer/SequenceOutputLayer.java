package dev.eddy.model.layer;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * A linear output layer for sequences, for Deeplearning4j: {@code y_t = h_t·W + b} at every step,
 * with any loss. Does what {@code RnnOutputLayer} does (data [batch, features, time], parameters
 * {@code W} [nIn, nOut] and {@code b}), but works on all steps at once in time-major layout, and
 * computes outputs and loss once per update instead of twice; after an {@link SruLayer} nothing is
 * copied.
 */
public final class SequenceOutputLayer extends BaseOutputLayer {
  private static final long serialVersionUID = 1L;

  /** For reading JSON. */
  private SequenceOutputLayer() {}

  private SequenceOutputLayer(Builder builder) {
    super(builder);
    initializeConstraints(builder);
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray parametersView,
      boolean initializeParameters,
      DataType networkDataType) {
    LayerValidation.assertNInNOutSet(
        "SequenceOutputLayer", getLayerName(), layerIndex, getNIn(), getNOut());
    SequenceOutputLayerImplementation layer =
        new SequenceOutputLayerImplementation(conf, networkDataType);
    layer.setListeners(listeners);
    layer.setIndex(layerIndex);
    layer.setParamsViewArray(parametersView);
    layer.setParamTable(initializer().init(conf, parametersView, initializeParameters));
    layer.setConf(conf);
    return layer;
  }

  @Override
  public ParamInitializer initializer() {
    return DefaultParamInitializer.getInstance();
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    if (!(inputType instanceof InputType.InputTypeRecurrent recurrent)) {
      throw new IllegalStateException(
          "input of SequenceOutputLayer, layer "
              + layerIndex
              + ": "
              + inputType
              + " (must be recurrent)");
    }
    return InputType.recurrent(nOut, recurrent.getTimeSeriesLength(), recurrent.getFormat());
  }

  @Override
  public void setNIn(InputType inputType, boolean override) {
    if (nIn <= 0 || override) {
      nIn = ((InputType.InputTypeRecurrent) inputType).getSize();
    }
  }

  @Override
  public @Nullable InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    return null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SequenceOutputLayer && super.equals(other);
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof SequenceOutputLayer;
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }

  /** Builds the layer. */
  @SuppressWarnings("unchecked") // build() has the signature of Deeplearning4j's own builders
  public static final class Builder extends BaseOutputLayer.Builder<Builder> {
    /** Starts from a loss and the identity as activation. */
    public Builder(ILossFunction loss) {
      super(loss);
      activation(new ActivationIdentity());
    }

    @Override
    public SequenceOutputLayer build() {
      return new SequenceOutputLayer(this);
    }
  }
}
