package dev.eddy.model.layer;

import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseOutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a {@link SequenceOutputLayer} does. */
final class SequenceOutputLayerImplementation extends BaseOutputLayer<SequenceOutputLayer> {
  private static final long serialVersionUID = 1L;

  private transient double lossOfBackward = Double.NaN; // of this input and these labels; NaN: none

  SequenceOutputLayerImplementation(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  @Override
  public void setInput(INDArray newInput, LayerWorkspaceMgr workspaces) {
    super.setInput(newInput, workspaces);
    lossOfBackward = Double.NaN;
  }

  @Override
  public void setLabels(INDArray newLabels) {
    super.setLabels(newLabels);
    lossOfBackward = Double.NaN;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray rows =
        layerConf().getActivationFn().getActivation(preOutput2d(training, workspaces), training);
    INDArray output =
        TimeMajor.create(
            workspaces, ArrayType.ACTIVATIONS, input.size(0), layerConf().getNOut(), input.size(2));
    TimeMajor.matrix(output).assign(rows.transpose());
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      @Nullable INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray outputs = preOutput2d(true, workspaces);
    Pair<Double, INDArray> scoreAndGradient =
        layerConf()
            .getLossFn()
            .computeGradientAndScore(
                getLabels2d(workspaces, ArrayType.BP_WORKING_MEM),
                outputs,
                layerConf().getActivationFn(),
                mask2d(),
                false);
    lossOfBackward = scoreAndGradient.getFirst();
    INDArray delta = scoreAndGradient.getSecond().transpose(); // [O, T·B] 'f'

    INDArray x = TimeMajor.matrix(input);
    Gradient result = new DefaultGradient();
    INDArray weightGradient = view(DefaultParamInitializer.WEIGHT_KEY);
    Nd4j.gemm(x, delta, weightGradient, false, true, 1, 0);
    result.setGradientFor(DefaultParamInitializer.WEIGHT_KEY, weightGradient);
    if (hasBias()) {
      INDArray biasGradient = view(DefaultParamInitializer.BIAS_KEY);
      delta.sum(biasGradient, 1);
      result.setGradientFor(DefaultParamInitializer.BIAS_KEY, biasGradient);
    }
    INDArray inputGradient =
        TimeMajor.create(
            workspaces, ArrayType.ACTIVATION_GRAD, input.size(0), input.size(1), input.size(2));
    INDArray weight = getParam(DefaultParamInitializer.WEIGHT_KEY);
    Nd4j.gemm(weight, delta, TimeMajor.matrix(inputGradient), false, false, 1, 0);
    return new Pair<>(result, backpropDropOutIfPresent(inputGradient));
  }

  @Override
  public double computeScore(double networkTerm, boolean training, LayerWorkspaceMgr workspaces) {
    double loss = lossOfBackward;
    if (!training || Double.isNaN(loss)) {
      loss =
          layerConf()
              .getLossFn()
              .computeScore(
                  getLabels2d(workspaces, ArrayType.FF_WORKING_MEM),
                  preOutput2d(training, workspaces),
                  layerConf().getActivationFn(),
                  mask2d(),
                  false);
    }
    score = networkTerm + (conf().isMiniBatch() ? loss / getInputMiniBatchSize() : loss);
    return score;
  }

  /** [B, 1], each the sum over its steps. */
  @Override
  public INDArray computeScoreForExamples(double networkTerm, LayerWorkspaceMgr workspaces) {
    INDArray rows =
        layerConf()
            .getLossFn()
            .computeScoreArray(
                getLabels2d(workspaces, ArrayType.FF_WORKING_MEM),
                preOutput2d(false, workspaces),
                layerConf().getActivationFn(),
                mask2d());
    INDArray sums = rows.reshape('c', input.size(2), input.size(0)).sum(0).reshape(-1, 1);
    return workspaces.leverageTo(ArrayType.ACTIVATIONS, sums.addi(networkTerm));
  }

  /** [T·B, O]. */
  @Override
  protected INDArray preOutput2d(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    applyDropOutIfNecessary(training, workspaces);
    INDArray x = TimeMajor.matrix(input);
    INDArray outputs =
        Nd4j.createUninitialized(
            DataType.FLOAT, new long[] {layerConf().getNOut(), x.columns()}, 'f');
    Nd4j.gemm(getParam(DefaultParamInitializer.WEIGHT_KEY), x, outputs, true, false, 1, 0);
    if (hasBias()) {
      outputs.addiColumnVector(getParam(DefaultParamInitializer.BIAS_KEY).reshape(-1, 1));
    }
    return outputs.transpose();
  }

  /** [T·B, O]. */
  @Override
  protected INDArray getLabels2d(LayerWorkspaceMgr workspaces, ArrayType type) {
    return TimeMajor.matrix(labels).transpose();
  }

  /** [T·B, 1], or [T·B, O] for a mask of outputs; null without a mask. */
  private @Nullable INDArray mask2d() {
    if (maskArray == null) {
      return null;
    }
    return maskArray.rank() == 3
        ? TimeMajor.matrix(maskArray).transpose()
        : maskArray.castTo(DataType.FLOAT).permute(1, 0).dup('c').reshape(-1, 1);
  }

  private INDArray view(String name) {
    return Objects.requireNonNull(gradientViews.get(name), name);
  }

  @Override
  public Type type() {
    return Type.RECURRENT;
  }
}
