package dev.eddy.model.layer;

import dev.eddy.model.layer.pass.CellPass;
import dev.eddy.model.layer.pass.TimeMajor;
import java.util.Map;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.BaseRecurrentLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a {@link CellLayer} does, but for the arithmetic, which is its {@link CellPass}'s. The
 * forward pass of training is kept for the backward pass that follows it, until another input is
 * set; a backward pass without one repeats it, from the same initial state.
 */
final class CellLayerImplementation extends BaseRecurrentLayer<CellLayer> {
  private static final long serialVersionUID = 1L;

  private transient @Nullable CellPass pass;
  private transient boolean forwardKept;
  private transient @Nullable Map<String, INDArray> initialState; // of the latest pass

  CellLayerImplementation(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  @Override
  public void setInput(INDArray newInput, LayerWorkspaceMgr workspaces) {
    super.setInput(newInput, workspaces);
    forgetPass();
  }

  @Override
  public void clear() {
    super.clear();
    forgetPass();
  }

  private void forgetPass() {
    forwardKept = false;
    initialState = null;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    return forward(training, Map.of(), workspaces);
  }

  @Override
  public INDArray rnnTimeStep(INDArray newInput, LayerWorkspaceMgr workspaces) {
    setInput(newInput, workspaces);
    INDArray output = forward(false, stateMap, workspaces);
    stateMap.putAll(pass().lastState());
    return output;
  }

  @Override
  public INDArray rnnActivateUsingStoredState(
      INDArray newInput, boolean training, boolean storeLast, LayerWorkspaceMgr workspaces) {
    setInput(newInput, workspaces);
    INDArray output = forward(training, tBpttStateMap, workspaces);
    if (storeLast) {
      tBpttStateMap.putAll(pass().lastState());
    }
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    return backward(epsilon, Integer.MAX_VALUE, Map.of(), workspaces);
  }

  @Override
  public Pair<Gradient, INDArray> tbpttBackpropGradient(
      INDArray epsilon, int backwardLength, LayerWorkspaceMgr workspaces) {
    return backward(epsilon, backwardLength, tBpttStateMap, workspaces);
  }

  private INDArray forward(
      boolean training, Map<String, INDArray> initial, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    applyDropOutIfNecessary(training, workspaces);
    INDArray sequence = checked(permuteIfNWC(input));
    INDArray output =
        TimeMajor.create(
            workspaces,
            ArrayType.ACTIVATIONS,
            sequence.size(0),
            layerConf().getNOut(),
            sequence.size(2));
    pass().forward(params, initial, maskArray, sequence, output);
    forwardKept = training;
    initialState = Map.copyOf(initial);
    return permuteIfNWC(output);
  }

  private Pair<Gradient, INDArray> backward(
      INDArray epsilon,
      int backwardLength,
      Map<String, INDArray> initial,
      LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    if (!forwardKept) {
      forward(true, initialState == null ? initial : initialState, workspaces);
    }
    forwardKept = false;
    INDArray inputGradient = layerConf().isInputGradient() ? inputGradient(workspaces) : null;
    INDArray outputGradient = permuteIfNWC(epsilon);
    int firstStep = (int) Math.max(0, outputGradient.size(2) - backwardLength);
    pass().backward(params, outputGradient, firstStep, gradientViews, inputGradient);

    Gradient result = new DefaultGradient();
    for (CellParameter parameter : layerConf().parameters()) {
      result.setGradientFor(parameter.name(), gradientViews.get(parameter.name()));
    }
    return new Pair<>(
        result,
        inputGradient == null ? null : backpropDropOutIfPresent(permuteIfNWC(inputGradient)));
  }

  private INDArray inputGradient(LayerWorkspaceMgr workspaces) {
    INDArray sequence = permuteIfNWC(input);
    return TimeMajor.create(
        workspaces,
        ArrayType.ACTIVATION_GRAD,
        sequence.size(0),
        sequence.size(1),
        sequence.size(2));
  }

  private INDArray checked(INDArray sequence) {
    long size = layerConf().getNIn();
    if (sequence.rank() != 3 || sequence.size(1) != size) {
      throw new IllegalArgumentException(
          "input of "
              + layerId()
              + ": "
              + sequence.shapeInfoToString()
              + " (must be [batch, "
              + size
              + ", time])");
    }
    return sequence;
  }

  /** Computes on this from now on. */
  void use(CellPass newPass) {
    this.pass = newPass;
    this.forwardKept = false;
  }

  private CellPass pass() {
    if (pass == null) {
      pass = layerConf().pass(PassChoice.PASSES);
    }
    return pass;
  }

  @Override
  public Gradient gradient() {
    throw new UnsupportedOperationException("no layerwise pretraining: " + layerId());
  }

  @Override
  public Type type() {
    return Type.RECURRENT;
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray newMask, MaskState currentMaskState, int minibatchSize) {
    setMaskArray(newMask);
    return new Pair<>(newMask, MaskState.Passthrough);
  }
}
