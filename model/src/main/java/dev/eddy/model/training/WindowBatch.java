package dev.eddy.model.training;

import dev.eddy.model.spec.Head;
import java.io.IOException;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A batch of windows as Deeplearning4j takes it: features [B, D, T], labels [B, O, T] with NaN
 * where nothing is to be said, a mask of what is not padding. Time-major in memory. The arrays are
 * made once and refilled, because ND4J frees late.
 */
final class WindowBatch {
  private final EncodedHistory history;
  private final int batch;
  private final int steps;
  private final int outputs;
  private final int copies; // outputs of a label column: its quantiles, or 0: one-hot
  private final float[] row; // [steps, width]
  private final float[] featureValues; // [steps, batch, inputs]
  private final float[] labelValues; // [steps, batch, outputs]
  private final float[] maskValues; // [batch, steps]
  private final INDArray features;
  private final INDArray labels;
  private final INDArray mask;
  private boolean padded;

  WindowBatch(EncodedHistory history, Head head, int batch, int steps) {
    this.history = history;
    this.batch = batch;
    this.steps = steps;
    this.outputs = head.outputSize();
    this.copies = head instanceof Head.Forecast forecast ? forecast.quantiles().size() : 0;
    int inputs = history.inputs();
    row = new float[steps * history.width()];
    featureValues = new float[steps * batch * inputs];
    labelValues = new float[steps * batch * outputs];
    maskValues = new float[batch * steps];
    features = Nd4j.create(DataType.FLOAT, new long[] {steps, batch, inputs}, 'c');
    labels = Nd4j.create(DataType.FLOAT, new long[] {steps, batch, outputs}, 'c');
    mask = Nd4j.create(DataType.FLOAT, new long[] {batch, steps}, 'c');
  }

  /** Empties it: all padding, nothing to be said. */
  void clear() {
    Arrays.fill(featureValues, 0f);
    Arrays.fill(labelValues, Float.NaN);
    Arrays.fill(maskValues, 0f);
    padded = false;
  }

  /**
   * Fills sequence {@code b} with a window.
   *
   * @param from its first row
   * @param masked rows at its beginning whose labels are left out
   */
  void fill(int b, EncodedSeries series, int from, int masked, EncodedSeries.Use use)
      throws IOException {
    int length = Math.min(steps, series.length() - from);
    history.read(series, from, length, row);
    int inputs = history.inputs();
    for (int t = 0; t < length; t++) {
      int at = t * history.width();
      System.arraycopy(row, at, featureValues, (t * batch + b) * inputs, inputs);
      maskValues[b * steps + t] = 1f;
      if (t >= masked) {
        label(series, from + t, at + inputs, (t * batch + b) * outputs, use);
      }
    }
    padded |= length < steps;
  }

  private void label(EncodedSeries series, int of, int at, int to, EncodedSeries.Use use) {
    for (int column = 0; column < history.columns(); column++) {
      float label = row[at + column];
      if (Float.isNaN(label) || !series.has(use, of, column)) {
        continue;
      }
      if (copies > 0) {
        Arrays.fill(labelValues, to + column * copies, to + (column + 1) * copies, label);
      } else {
        Arrays.fill(labelValues, to, to + outputs, 0f);
        labelValues[to + (int) label] = 1f;
      }
    }
  }

  /** Hands the filled values to the arrays. */
  void flush() {
    write(featureValues, features);
    write(labelValues, labels);
    write(maskValues, mask);
  }

  private static void write(float[] values, INDArray array) {
    new FloatPointer(array.data().addressPointer()).put(values, 0, values.length);
    Nd4j.getAffinityManager().tagLocation(array, AffinityManager.Location.HOST);
  }

  /** [B, D, T]. */
  INDArray features() {
    return features.permute(1, 2, 0);
  }

  /** [B, O, T]. */
  INDArray labels() {
    return labels.permute(1, 2, 0);
  }

  /** [B, T]; null if nothing is padding. */
  @Nullable INDArray mask() {
    return padded ? mask : null;
  }
}
