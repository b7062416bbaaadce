package dev.eddy.model.layer;

import dev.eddy.model.layer.pass.HeadPass;
import dev.eddy.model.layer.pass.TimeMajor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseOutputLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a {@link SequenceOutputLayer} does. */
final class SequenceOutputLayerImplementation extends BaseOutputLayer<SequenceOutputLayer> {
  private static final long serialVersionUID = 1L;

  private transient @Nullable HeadPass pass;
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
    INDArray inputGradient =
        TimeMajor.create(
            workspaces, ArrayType.ACTIVATION_GRAD, input.size(0), input.size(1), input.size(2));
    pass().backward(params, input, scoreAndGradient.getSecond(), gradientViews, inputGradient);
    Gradient result = new DefaultGradient();
    for (String name : params.keySet()) {
      result.setGradientFor(name, gradientViews.get(name));
    }
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
    return pass().forward(params, input);
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

  private HeadPass pass() {
    if (pass == null) {
      int inputs = Math.toIntExact(layerConf().getNIn());
      pass = PassChoice.PASSES.head(inputs, Math.toIntExact(layerConf().getNOut()));
    }
    return pass;
  }

  /** Computes on this from now on. */
  void use(HeadPass newPass) {
    this.pass = newPass;
  }

  @Override
  public Type type() {
    return Type.RECURRENT;
  }
}
