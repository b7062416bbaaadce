package dev.eddy.model.layer.simd;

import dev.eddy.model.kernel.simd.Lanes;
import dev.eddy.model.kernel.simd.Panels;
import dev.eddy.model.kernel.simd.training.TrainingProduct;
import dev.eddy.model.layer.pass.CellPass;
import dev.eddy.model.layer.pass.HostValues;
import dev.eddy.model.layer.pass.NamedArrays;
import dev.eddy.model.layer.pass.TimeMajor;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A pass on the vector kernels, in plain arrays. Every width is padded with zeros to whole vectors:
 * padded units stay zero forward and back. Row {@code t * B + b} is sequence b at step t. Arrays
 * are grown, never shrunk; a cell's class says what a walk over time does between the products.
 */
abstract class SimdPass implements CellPass {
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8; // of the JVM

  final int inputs; // D
  final int hidden; // H
  final int inputWidth; // D, padded
  final int width; // H, padded
  final int blocks; // of the weight's columns
  final int stride; // floats of a row of gates

  int batch;
  int steps;
  float[] x = new float[0]; // [rows, inputWidth]
  float[] gates = new float[0]; // [rows, stride] and going back the gradient by their arguments
  float[] outputGradient = new float[0]; // [rows, width]
  float[] inputGradient = new float[0]; // [rows, inputWidth]
  float[] mask = new float[0]; // [rows]
  boolean masked;
  boolean wantsInputGradient;

  final float[] zeros; // initial values of a product
  private final float[] weightScales;
  private final float[] weight; // [inputs, blocks * hidden]
  private final Panels weightPanels;
  private final Panels weightTransposed;
  private final float[] weightGradient; // [inputs, stride]
  float[] bias = new float[0]; // [stride], scaled and padded

  /**
   * Makes room for what does not depend on the batch.
   *
   * @param scales for each block of the weight's columns: ½ where a sigmoid is taken as a tanh
   */
  SimdPass(int inputs, int hidden, float... scales) {
    this.inputs = inputs;
    this.hidden = hidden;
    this.blocks = scales.length;
    this.weightScales = scales;
    this.inputWidth = Lanes.padded(inputs);
    this.width = Lanes.padded(hidden);
    this.stride = blocks * width;
    this.zeros = new float[Math.max(inputWidth, stride)];
    this.weight = new float[inputs * blocks * hidden];
    this.weightPanels = new Panels(inputs, stride);
    this.weightTransposed = new Panels(stride, inputWidth);
    this.weightGradient = new float[inputs * stride];
  }

  @Override
  public final void forward(
      Map<String, INDArray> parameters,
      Map<String, INDArray> initial,
      @Nullable INDArray newMask,
      INDArray input,
      INDArray output) {
    batch = Math.toIntExact(input.size(0));
    steps = Math.toIntExact(input.size(2));
    x = grown(x, rows(), inputWidth);
    gates = grown(gates, rows(), stride);
    int rows = batch * steps;
    TimeMajor.read(input, x, inputWidth);
    readMask(newMask);
    clearMaskedInputs();
    HostValues.read(NamedArrays.get(parameters, NamedArrays.WEIGHT), weight);
    weightPanels.pack(weight, blocks * hidden, inputs, 0, hidden, weightScales);
    load(parameters);
    begin(initial);
    TrainingProduct.multiply(x, 0, inputWidth, rows, weightPanels, bias, 0, 0, gates, 0, stride);
    for (int step = 0; step < steps; step++) {
      forward(step);
    }
    HostValues.writeRows(outputs(), outputsOffset(), output, hidden, width);
  }

  @Override
  public final void backward(
      Map<String, INDArray> parameters,
      INDArray newOutputGradient,
      int firstStep,
      Map<String, INDArray> gradients,
      @Nullable INDArray newInputGradient) {
    int rows = batch * steps;
    outputGradient = grown(outputGradient, rows, width);
    wantsInputGradient = newInputGradient != null;
    if (wantsInputGradient) {
      inputGradient = grown(inputGradient, rows, inputWidth);
    }
    TimeMajor.read(newOutputGradient, outputGradient, width);
    beginBackward();
    for (int step = steps - 1; step >= firstStep; step--) {
      backward(step);
    }
    Arrays.fill(gates, 0, firstStep * batch * stride, 0f);
    TrainingProduct.multiplyTransposed(
        x, 0, inputWidth, inputs, rows, gates, 0, stride, stride, weightGradient, 0, stride);
    HostValues.writeRows(
        weightGradient, 0, NamedArrays.get(gradients, NamedArrays.WEIGHT), hidden, width);
    gradients(firstStep, gradients);
    if (newInputGradient != null) {
      weightTransposed.packTransposed(weight, blocks * hidden, inputs, 0, hidden, blocks);
      addToInputGradient(firstStep, weightTransposed);
      HostValues.writeRows(inputGradient, 0, newInputGradient, inputs, inputWidth);
    }
  }

  /** Takes the parameters beside the weight over, {@code bias} among them. */
  abstract void load(Map<String, INDArray> parameters);

  /** Makes room for a batch and takes its initial state. */
  abstract void begin(Map<String, INDArray> initial);

  /** One step forward; the gates' rows hold the product with the inputs and the bias. */
  abstract void forward(int step);

  /** h. */
  abstract float[] outputs();

  /** Where in it that of step 0 begins. */
  abstract int outputsOffset();

  /** Prepares a walk back. */
  abstract void beginBackward();

  /** One step back; leaves the gradient by the gates' arguments in the step's rows. */
  abstract void backward(int step);

  /** Writes the gradients by all parameters beside the weight. */
  abstract void gradients(int firstStep, Map<String, INDArray> gradients);

  /** From the gradient by the gates to that by the inputs. */
  void addToInputGradient(int firstStep, Panels transposed) {
    TrainingProduct.multiply(
        gates, 0, stride, batch * steps, transposed, zeros, 0, 0, inputGradient, 0, inputWidth);
  }

  /** Clears those rows of a step whose mask is 0. */
  final void clearMasked(int step, float[] values, int offset) {
    if (masked) {
      for (int b = 0; b < batch; b++) {
        if (mask[step * batch + b] == 0f) {
          Arrays.fill(values, offset + b * width, offset + (b + 1) * width, 0f);
        }
      }
    }
  }

  /** What stands under the mask may be anything; 0 times that must be 0 also on the way back. */
  private void clearMaskedInputs() {
    if (masked) {
      for (int row = 0; row < batch * steps; row++) {
        if (mask[row] == 0f) {
          Arrays.fill(x, row * inputWidth, (row + 1) * inputWidth, 0f);
        }
      }
    }
  }

  /** Rows of all steps, of which there may be too many for an array. */
  final long rows() {
    return (long) batch * steps;
  }

  /** Those and the rows of the initial state. */
  final long stateRows() {
    return (steps + 1L) * batch;
  }

  /** Takes an initial state over to the start of {@code values}; zero if there is none. */
  final void initialise(float[] values, @Nullable INDArray state) {
    Arrays.fill(values, 0, batch * width, 0f);
    if (state != null) {
      CellPass.checkState(state, batch);
      HostValues.readRows(state.dup('c'), values, 0, hidden, width);
    }
  }

  /** The state that stands after the last step in {@code values}, which begin one step early. */
  final INDArray last(float[] values) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      INDArray state = Nd4j.createUninitialized(DataType.FLOAT, new long[] {batch, hidden}, 'c');
      HostValues.writeRows(values, steps * batch * width, state, hidden, width);
      return state;
    }
  }

  /**
   * Room for rows of that width.
   *
   * @param rows batch × steps
   */
  static float[] grown(float[] values, long rows, int width) {
    if (rows > LARGEST_ARRAY / width) {
      throw new IllegalArgumentException(
          "batch × steps: "
              + rows
              + " rows of "
              + width
              + " numbers (must be at most "
              + LARGEST_ARRAY / width
              + " rows)");
    }
    int size = Math.toIntExact(rows * width);
    return values.length < size ? new float[size] : values;
  }

  private void readMask(@Nullable INDArray newMask) {
    masked = newMask != null;
    if (newMask != null) {
      mask = grown(mask, rows(), 1);
      HostValues.read(newMask.castTo(DataType.FLOAT).permute(1, 0).dup('c'), mask);
    }
  }
}
