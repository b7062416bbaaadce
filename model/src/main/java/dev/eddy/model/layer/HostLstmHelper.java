package dev.eddy.model.layer;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.FwdPassReturn;
import org.deeplearning4j.nn.layers.recurrent.LSTM;
import org.deeplearning4j.nn.layers.recurrent.LSTMHelper;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes Deeplearning4j's own LSTM layer fast on a CPU. The layer, its parameters and its saved form
 * stay what they are; only the arithmetic of a pass moves here, through the hook that the cuDNN
 * helper uses. Deeplearning4j spends some thirty small operations a step and walks forward twice
 * per update; this walks forward once, with one product a step, the inputs' product and all weight
 * gradients in one product each, and the rest in plain arrays.
 *
 * <p>For type FLOAT, tanh and sigmoid, without peepholes. Confined to one thread, like its layer.
 */
public final class HostLstmHelper implements LSTMHelper {
  private @Nullable LstmWalk walk;
  private @Nullable INDArray keptInput; // of the forward pass that is kept for backward
  private @Nullable INDArray gateArray; // [4H, T·B] 'f'
  private @Nullable INDArray outputArray; // h one step early, [H, T·B] 'f'
  private @Nullable INDArray stepOutput; // [H, B] 'f'
  private @Nullable INDArray stepGates; // [4H, B] 'f'
  private float[] stepValues = new float[0];

  private HostLstmHelper() {}

  /** Gives a helper to every LSTM layer of the network that it supports. */
  public static void accelerate(MultiLayerNetwork network) {
    for (Layer layer : network.getLayers()) {
      if (layer instanceof LSTM lstm && supports(lstm)) {
        try {
          Field helper = LSTM.class.getDeclaredField("helper");
          helper.setAccessible(true); // the layer offers no setter: it looks for cuDNN by name
          helper.set(lstm, new HostLstmHelper());
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException("LSTM.helper: not found (another Deeplearning4j?)", e);
        }
      }
    }
  }

  private static boolean supports(LSTM layer) {
    org.deeplearning4j.nn.conf.layers.LSTM conf = layer.layerConf();
    return layer.getHelper() == null
        && layer.params().dataType() == DataType.FLOAT
        && conf.getActivationFn() instanceof ActivationTanH
        && conf.getGateActivationFn() instanceof ActivationSigmoid;
  }

  @Override
  public boolean checkSupported() {
    return true;
  }

  @Override
  public boolean checkSupported(IActivation gate, IActivation activation, boolean peepholes) {
    return !peepholes;
  }

  @Override
  public Map<String, Long> helperMemoryUse() {
    return Map.of();
  }

  @Override
  public FwdPassReturn activate(
      Layer layer,
      NeuralNetConfiguration conf,
      IActivation gateActivation,
      INDArray input,
      INDArray recurrentWeights,
      INDArray inputWeights,
      INDArray biases,
      boolean training,
      INDArray previousOutput,
      INDArray previousCell,
      boolean forBackprop,
      boolean forwards,
      String inputWeightKey,
      @Nullable INDArray mask,
      boolean peepholes,
      LayerWorkspaceMgr workspaces) {
    LstmWalk pass = walk((int) recurrentWeights.size(0));
    if (!(forBackprop && keptInput == input)) {
      pass.reset(
          (int) input.size(0),
          (int) input.size(2),
          TimeMajor.read(previousOutput.dup('c')),
          TimeMajor.read(previousCell.dup('c')));
      forward(pass, input, recurrentWeights, inputWeights, TimeMajor.read(biases), mask(mask));
    }
    keptInput = training ? input : null;
    return result(pass, forBackprop, workspaces);
  }

  private void forward(
      LstmWalk pass,
      INDArray input,
      INDArray recurrentWeights,
      INDArray inputWeights,
      float[] bias,
      float @Nullable [] mask) {
    INDArray x = TimeMajor.matrix(input);
    makeArrays(pass, x.columns());
    INDArray gates = array(gateArray);
    Nd4j.gemm(inputWeights, x, gates, true, false, 1, 0);
    TimeMajor.read(gates, pass.gates);
    INDArray h = array(stepOutput);
    INDArray product = array(stepGates);
    int perStep = pass.batch() * pass.hidden;
    for (int step = 0; step < pass.steps(); step++) {
      TimeMajor.write(pass.outputs, step * perStep, h);
      Nd4j.gemm(recurrentWeights, h, product, true, false, 1, 0);
      TimeMajor.read(product, stepValues);
      pass.forward(step, stepValues, bias, mask);
    }
  }

  private static FwdPassReturn result(
      LstmWalk pass, boolean forBackprop, LayerWorkspaceMgr workspaces) {
    FwdPassReturn result = new FwdPassReturn();
    if (!forBackprop) {
      result.fwdPassOutput =
          TimeMajor.create(
              workspaces, ArrayType.ACTIVATIONS, pass.batch(), pass.hidden, pass.steps());
      TimeMajor.write(pass.outputs, pass.batch() * pass.hidden, result.fwdPassOutput);
    }
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      long[] shape = {pass.batch(), pass.hidden};
      result.lastAct = Nd4j.create(pass.lastOutput(), shape, 'c');
      result.lastMemCell = Nd4j.create(pass.lastCell(), shape, 'c');
    }
    return result;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      NeuralNetConfiguration conf,
      IActivation gateActivation,
      INDArray input,
      INDArray recurrentWeights,
      INDArray inputWeights,
      INDArray epsilon,
      boolean truncated,
      int backwardLength,
      FwdPassReturn forward,
      boolean forwards,
      String inputWeightKey,
      String recurrentWeightKey,
      String biasKey,
      Map<String, INDArray> gradientViews,
      @Nullable INDArray mask,
      boolean peepholes,
      LayerWorkspaceMgr workspaces) {
    LstmWalk pass = walk((int) recurrentWeights.size(0));
    keptInput = null;
    int firstStep = truncated ? Math.max(0, pass.steps() - backwardLength) : 0;
    backward(
        pass, TimeMajor.read(TimeMajor.matrix(epsilon)), recurrentWeights, mask(mask), firstStep);

    INDArray x = TimeMajor.matrix(input);
    INDArray gates = array(gateArray);
    INDArray before = array(outputArray);
    TimeMajor.write(pass.gates, gates);
    TimeMajor.write(pass.outputs, before);
    Gradient gradient = new DefaultGradient();
    INDArray weight = array(gradientViews.get(inputWeightKey));
    Nd4j.gemm(x, gates, weight, false, true, 1, 0);
    gradient.setGradientFor(inputWeightKey, weight);
    INDArray recurrent = array(gradientViews.get(recurrentWeightKey));
    Nd4j.gemm(before, gates, recurrent, false, true, 1, 0);
    gradient.setGradientFor(recurrentWeightKey, recurrent);
    INDArray bias = array(gradientViews.get(biasKey));
    TimeMajor.write(pass.biasGradient, bias);
    gradient.setGradientFor(biasKey, bias);
    INDArray inputGradient =
        TimeMajor.create(
            workspaces, ArrayType.ACTIVATION_GRAD, pass.batch(), x.rows(), pass.steps());
    Nd4j.gemm(inputWeights, gates, TimeMajor.matrix(inputGradient), false, false, 1, 0);
    return new Pair<>(gradient, inputGradient);
  }

  private void backward(
      LstmWalk pass,
      float[] outputGradient,
      INDArray recurrentWeights,
      float @Nullable [] mask,
      int firstStep) {
    INDArray gates = array(stepGates);
    INDArray product = array(stepOutput);
    float[] recurrentGradient = new float[pass.batch() * pass.hidden];
    int perStep = pass.batch() * pass.hidden;
    pass.beginBackward();
    for (int step = pass.steps() - 1; step >= 0; step--) {
      if (step < firstStep) {
        pass.clear(step);
        continue;
      }
      pass.backward(step, outputGradient, recurrentGradient, mask);
      TimeMajor.write(pass.gates, step * 4 * perStep, gates);
      Nd4j.gemm(recurrentWeights, gates, product, false, false, 1, 0);
      TimeMajor.read(product, recurrentGradient);
    }
  }

  private LstmWalk walk(int hidden) {
    if (walk == null) {
      walk = new LstmWalk(hidden);
    }
    return walk;
  }

  /** The arrays of a pass; the same ones for all passes of a size, because ND4J frees late. */
  private void makeArrays(LstmWalk pass, long rows) {
    long hidden = pass.hidden;
    long batch = pass.batch();
    if (gateArray == null || gateArray.columns() != rows || array(stepGates).columns() != batch) {
      try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
        gateArray = Nd4j.createUninitialized(DataType.FLOAT, new long[] {4 * hidden, rows}, 'f');
        outputArray = Nd4j.createUninitialized(DataType.FLOAT, new long[] {hidden, rows}, 'f');
        stepGates = Nd4j.createUninitialized(DataType.FLOAT, new long[] {4 * hidden, batch}, 'f');
        stepOutput = Nd4j.createUninitialized(DataType.FLOAT, new long[] {hidden, batch}, 'f');
      }
      stepValues = new float[(int) (4 * hidden * batch)];
    }
  }

  private static INDArray array(@Nullable INDArray made) {
    return Objects.requireNonNull(made);
  }

  /** [T·B]; null without a mask. */
  private static float @Nullable [] mask(@Nullable INDArray mask) {
    return mask == null ? null : TimeMajor.read(mask.castTo(DataType.FLOAT).permute(1, 0).dup('c'));
  }
}
