package dev.eddy.model.layer;

import java.util.Objects;
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
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a {@link SruLayer} does: the matrix products in ND4J, the walk over time in {@link SruWalk}.
 * The forward pass of training is kept for the backward pass that follows it.
 */
final class SruLayerImplementation extends BaseRecurrentLayer<SruLayer> {
  private static final long serialVersionUID = 1L;

  /** c [B, H] in {@code rnnTimeStep}'s and truncated backpropagation's state. */
  private static final String STATE = "c";

  private transient @Nullable SruWalk walk;
  private transient @Nullable INDArray projected; // U and dU, [H·G, T·B] 'f'
  private transient float[] outputGradient = new float[0];
  private transient boolean forwardKept;

  SruLayerImplementation(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    return forward(training, null, workspaces);
  }

  @Override
  public INDArray rnnTimeStep(INDArray newInput, LayerWorkspaceMgr workspaces) {
    setInput(newInput, workspaces);
    INDArray output = forward(false, stateMap.get(STATE), workspaces);
    stateMap.put(STATE, lastState());
    return output;
  }

  @Override
  public INDArray rnnActivateUsingStoredState(
      INDArray newInput, boolean training, boolean storeLast, LayerWorkspaceMgr workspaces) {
    setInput(newInput, workspaces);
    INDArray output = forward(training, tBpttStateMap.get(STATE), workspaces);
    if (storeLast) {
      tBpttStateMap.put(STATE, lastState());
    }
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    return backward(epsilon, Integer.MAX_VALUE, null, workspaces);
  }

  @Override
  public Pair<Gradient, INDArray> tbpttBackpropGradient(
      INDArray epsilon, int backwardLength, LayerWorkspaceMgr workspaces) {
    return backward(epsilon, backwardLength, tBpttStateMap.get(STATE), workspaces);
  }

  private INDArray forward(
      boolean training, @Nullable INDArray initialState, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    applyDropOutIfNecessary(training, workspaces);
    INDArray sequence = checked(permuteIfNWC(input));
    SruWalk pass = walk();
    int batch = (int) sequence.size(0);
    int steps = (int) sequence.size(2);
    pass.reset(batch, steps, initialState == null ? null : TimeMajor.read(initialState.dup('c')));

    INDArray x = TimeMajor.matrix(sequence);
    INDArray u = projected(x.columns());
    Nd4j.gemm(getParam(SruParamInitializer.WEIGHT), x, u, true, false, 1, 0);
    TimeMajor.read(u, pass.projected);
    if (pass.blocks == 3) {
      TimeMajor.read(x, pass.inputs);
    }
    pass.forward(
        parameter(SruParamInitializer.RECURRENT), parameter(SruParamInitializer.BIAS), mask());
    forwardKept = training;

    INDArray output =
        TimeMajor.create(workspaces, ArrayType.ACTIVATIONS, batch, pass.hidden, steps);
    TimeMajor.write(pass.outputs, output);
    return permuteIfNWC(output);
  }

  private Pair<Gradient, INDArray> backward(
      INDArray epsilon,
      int backwardLength,
      @Nullable INDArray initialState,
      LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    if (!forwardKept) {
      forward(true, initialState, workspaces);
    }
    forwardKept = false;
    SruWalk pass = walk();
    pass.backward(
        readGradient(permuteIfNWC(epsilon)),
        parameter(SruParamInitializer.RECURRENT),
        mask(),
        Math.max(0, pass.steps() - backwardLength));

    INDArray x = TimeMajor.matrix(permuteIfNWC(input));
    INDArray u = projected(x.columns());
    TimeMajor.write(pass.projected, u);
    INDArray inputGradient =
        TimeMajor.create(
            workspaces, ArrayType.ACTIVATION_GRAD, pass.batch(), x.rows(), pass.steps());
    if (pass.blocks == 3) {
      TimeMajor.write(pass.inputs, inputGradient);
    }
    INDArray weight = getParam(SruParamInitializer.WEIGHT);
    Nd4j.gemm(
        weight, u, TimeMajor.matrix(inputGradient), false, false, 1, pass.blocks == 3 ? 1 : 0);
    return new Pair<>(gradient(pass, x, u), backpropDropOutIfPresent(permuteIfNWC(inputGradient)));
  }

  private Gradient gradient(SruWalk pass, INDArray x, INDArray projectedGradient) {
    Gradient result = new DefaultGradient();
    INDArray weightGradient = view(SruParamInitializer.WEIGHT);
    Nd4j.gemm(x, projectedGradient, weightGradient, false, true, 1, 0);
    result.setGradientFor(SruParamInitializer.WEIGHT, weightGradient);
    INDArray recurrentGradient = view(SruParamInitializer.RECURRENT);
    TimeMajor.write(pass.recurrentGradient, recurrentGradient);
    result.setGradientFor(SruParamInitializer.RECURRENT, recurrentGradient);
    INDArray biasGradient = view(SruParamInitializer.BIAS);
    TimeMajor.write(pass.biasGradient, biasGradient);
    result.setGradientFor(SruParamInitializer.BIAS, biasGradient);
    return result;
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

  private SruWalk walk() {
    if (walk == null) {
      SruLayer conf = layerConf();
      walk = new SruWalk((int) conf.getNOut(), conf.blocks(), conf.highwayScale());
    }
    return walk;
  }

  /** U's array for so many rows; one for all calls, because ND4J frees late. */
  private INDArray projected(long rows) {
    INDArray kept = projected;
    if (kept == null || kept.columns() != rows) {
      long height = layerConf().getNOut() * layerConf().blocks();
      try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
        kept = Nd4j.createUninitialized(DataType.FLOAT, new long[] {height, rows}, 'f');
      }
      projected = kept;
    }
    return kept;
  }

  private INDArray lastState() {
    SruWalk pass = walk();
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return Nd4j.create(pass.lastState(), new long[] {pass.batch(), pass.hidden}, 'c');
    }
  }

  private float[] readGradient(INDArray epsilon) {
    INDArray matrix = TimeMajor.matrix(epsilon);
    if (outputGradient.length < matrix.length()) {
      outputGradient = new float[(int) matrix.length()];
    }
    TimeMajor.read(matrix, outputGradient);
    return outputGradient;
  }

  private INDArray view(String name) {
    return Objects.requireNonNull(gradientViews.get(name), name);
  }

  private float[] parameter(String name) {
    return TimeMajor.read(getParam(name));
  }

  /** [T·B]; null without a mask. */
  private float @Nullable [] mask() {
    return maskArray == null
        ? null
        : TimeMajor.read(maskArray.castTo(DataType.FLOAT).permute(1, 0).dup('c'));
  }

  @Override
  public Gradient gradient() {
    throw new UnsupportedOperationException("SruLayer: no layerwise pretraining " + layerId());
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
