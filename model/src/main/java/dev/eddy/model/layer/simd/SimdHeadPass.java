package dev.eddy.model.layer.simd;

import static org.deeplearning4j.nn.params.DefaultParamInitializer.BIAS_KEY;
import static org.deeplearning4j.nn.params.DefaultParamInitializer.WEIGHT_KEY;

import dev.eddy.model.kernel.simd.Lanes;
import dev.eddy.model.kernel.simd.Panels;
import dev.eddy.model.kernel.simd.training.Sums;
import dev.eddy.model.kernel.simd.training.TrainingProduct;
import dev.eddy.model.layer.pass.HeadPass;
import dev.eddy.model.layer.pass.HostValues;
import dev.eddy.model.layer.pass.NamedArrays;
import dev.eddy.model.layer.pass.TimeMajor;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A linear output layer on the vector kernels; widths are padded as in {@link SimdPass}. */
final class SimdHeadPass implements HeadPass {
  private final int inputs; // H
  private final int outputs; // O
  private final int inputWidth;
  private final int width;
  private final float[] weight; // [O, H], which is [H, O] in 'f' order
  private final float[] weightGradient; // [O, inputWidth]
  private final float[] bias; // [width]
  private final float[] biasGradient; // [width]
  private final Panels panels;
  private final Panels transposed;
  private final float[] zeros; // [inputWidth]
  private float[] x = new float[0]; // [rows, inputWidth]
  private float[] y = new float[0]; // outputs, then the gradient by them; [rows, width]
  private float[] inputGradient = new float[0]; // [rows, inputWidth]

  SimdHeadPass(int inputs, int outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.inputWidth = Lanes.padded(inputs);
    this.width = Lanes.padded(outputs);
    this.weight = new float[outputs * inputs];
    this.weightGradient = new float[outputs * inputWidth];
    this.bias = new float[width];
    this.biasGradient = new float[width];
    this.panels = new Panels(inputs, width);
    this.transposed = new Panels(outputs, inputWidth);
    this.zeros = new float[inputWidth];
  }

  @Override
  public INDArray forward(Map<String, INDArray> parameters, INDArray input) {
    int rows = Math.toIntExact(input.size(0) * input.size(2));
    x = SimdPass.grown(x, rows, inputWidth);
    y = SimdPass.grown(y, rows, width);
    TimeMajor.read(input, x, inputWidth);
    HostValues.read(NamedArrays.get(parameters, WEIGHT_KEY), weight);
    panels.packTransposed(weight, inputs, outputs, 0, inputs, 1);
    INDArray biases = parameters.get(BIAS_KEY);
    if (biases != null) {
      HostValues.read(biases, bias);
    }
    TrainingProduct.multiply(x, 0, inputWidth, rows, panels, bias, 0, 0, y, 0, width);
    INDArray result = Nd4j.createUninitialized(DataType.FLOAT, new long[] {rows, outputs}, 'c');
    HostValues.writeRows(y, 0, result, outputs, width);
    return result;
  }

  @Override
  public void backward(
      Map<String, INDArray> parameters,
      INDArray input,
      INDArray delta,
      Map<String, INDArray> gradients,
      INDArray newInputGradient) {
    int rows = Math.toIntExact(input.size(0) * input.size(2));
    inputGradient = SimdPass.grown(inputGradient, rows, inputWidth);
    for (int row = 0; row < rows; row++) {
      Arrays.fill(y, row * width + outputs, (row + 1) * width, 0f);
    }
    boolean dense = delta.ordering() == 'c' && delta.elementWiseStride() == 1;
    HostValues.readRows(dense ? delta : delta.dup('c'), y, 0, outputs, width);
    TrainingProduct.multiplyTransposed(
        y, 0, width, outputs, rows, x, 0, inputWidth, inputWidth, weightGradient, 0, inputWidth);
    HostValues.writeRows(
        weightGradient, 0, NamedArrays.get(gradients, WEIGHT_KEY), inputs, inputWidth);
    INDArray biases = gradients.get(BIAS_KEY);
    if (biases != null) {
      Arrays.fill(biasGradient, 0f);
      Sums.add(y, 0, width, rows, width, biasGradient, 0);
      HostValues.write(biasGradient, biases);
    }
    transposed.pack(weight, inputs, outputs, 0, inputs, 1);
    TrainingProduct.multiply(
        y, 0, width, rows, transposed, zeros, 0, 0, inputGradient, 0, inputWidth);
    HostValues.writeRows(inputGradient, 0, newInputGradient, inputs, inputWidth);
  }
}
