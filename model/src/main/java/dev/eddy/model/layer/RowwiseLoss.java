package dev.eddy.model.layer;

import dev.eddy.model.layer.pass.HostValues;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * A loss that is the mean over those rows (one step of one sequence each) of which something was
 * observed. A NaN label means that nothing was; a mask of 0 says the same. Score and gradient are
 * means already, so build the network with {@code miniBatch(false)}, or Deeplearning4j divides the
 * gradient by the batch once more. The outputs are taken as they are: the layer's activation
 * function does not enter the loss.
 */
public abstract class RowwiseLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  /**
   * The loss of a row.
   *
   * @param labels [rows * size], NaN where unobserved
   * @param outputs [rows * size] of the network
   * @param offset where the row begins
   * @param size outputs of a row
   * @param gradient [rows * size] receives the loss's derivative by each output, 0 where
   *     unobserved; null: not wanted
   * @return the loss; NaN if nothing of the row was observed
   */
  abstract double row(
      float[] labels, float[] outputs, int offset, int size, float @Nullable [] gradient);

  /**
   * A sum over rows of which something was observed.
   *
   * @param loss of all of them
   * @param rows how many
   */
  public record Total(double loss, long rows) {
    /** The mean, 0 if there is no row. */
    public double mean() {
      return rows == 0 ? 0 : loss / rows;
    }
  }

  /**
   * The sum of the loss over rows.
   *
   * @param labels [rows, size]
   * @param outputs [rows, size]
   */
  public Total total(INDArray labels, INDArray outputs) {
    return total(read(labels), read(outputs), (int) outputs.size(1), null);
  }

  private Total total(float[] labels, float[] outputs, int size, float @Nullable [] gradient) {
    double sum = 0;
    long observed = 0;
    for (int offset = 0; offset < outputs.length; offset += size) {
      double loss = row(labels, outputs, offset, size, gradient);
      if (!Double.isNaN(loss)) {
        sum += loss;
        observed++;
      }
    }
    return new Total(sum, observed);
  }

  @Override
  public double computeScore(
      INDArray labels,
      INDArray preOutput,
      IActivation activation,
      @Nullable INDArray mask,
      boolean average) {
    return total(masked(labels, mask), read(preOutput), (int) preOutput.size(1), null).mean();
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    int size = (int) preOutput.size(1);
    float[] truth = masked(labels, mask);
    float[] outputs = read(preOutput);
    float[] losses = new float[outputs.length / size];
    for (int row = 0; row < losses.length; row++) {
      double loss = row(truth, outputs, row * size, size, null);
      losses[row] = Double.isNaN(loss) ? 0f : (float) loss;
    }
    return Nd4j.create(losses, new long[] {losses.length, 1}, 'c');
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
    return computeGradientAndScore(labels, preOutput, activation, mask, true).getSecond();
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels,
      INDArray preOutput,
      IActivation activation,
      @Nullable INDArray mask,
      boolean average) {
    float[] outputs = read(preOutput);
    float[] gradient = new float[outputs.length];
    Total total = total(masked(labels, mask), outputs, (int) preOutput.size(1), gradient);
    float share = total.rows() == 0 ? 0f : 1f / total.rows();
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] *= share;
    }
    INDArray array = Nd4j.createUninitialized(DataType.FLOAT, preOutput.shape(), 'c');
    HostValues.write(gradient, array);
    return new Pair<>(total.mean(), array);
  }

  /** Labels with NaN wherever the mask, [rows, 1] or [rows, size], is 0. */
  private static float[] masked(INDArray labels, @Nullable INDArray mask) {
    float[] values = read(labels);
    if (mask == null) {
      return values;
    }
    float[] weights = read(mask);
    int perWeight = values.length / weights.length;
    for (int i = 0; i < values.length; i++) {
      if (weights[i / perWeight] == 0f) {
        values[i] = Float.NaN;
      }
    }
    return values;
  }

  private static float[] read(INDArray rows) {
    INDArray floats = rows.castTo(DataType.FLOAT);
    boolean dense = floats.ordering() == 'c' && floats.elementWiseStride() == 1;
    return HostValues.read(dense ? floats : floats.dup('c'));
  }

  @Override
  public String name() {
    return getClass().getSimpleName();
  }
}
