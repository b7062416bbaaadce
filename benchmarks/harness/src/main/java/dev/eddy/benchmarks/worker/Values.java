package dev.eddy.benchmarks.worker;

import dev.eddy.benchmarks.work.StepCase;
import dev.eddy.benchmarks.work.StepWork;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightNames;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * What engines must agree on: the head's output of every row, and the states of the first and last
 * rows. For an engine without the head its output is worked out here.
 */
public final class Values {
  private static final int STATES = 4;

  private Values() {}

  /** The values of a step. */
  static float[] of(StepCase step, StepWork work) {
    float[] heads = heads(step, work.outputs());
    float[] states = work.states();
    int width = step.shape().stateSize();
    int some = Math.min(STATES, step.keys()) * width;
    float[] values = new float[heads.length + 2 * some];
    System.arraycopy(heads, 0, values, 0, heads.length);
    System.arraycopy(states, 0, values, heads.length, some);
    System.arraycopy(states, step.keys() * width - some, values, heads.length + some, some);
    return values;
  }

  private static float[] heads(StepCase step, float[] outputs) {
    int rows = step.rows();
    if (outputs.length == rows) {
      return outputs;
    }
    NetworkWeights weights = step.weights();
    float[] weight = weights.values(WeightNames.HEAD_WEIGHT);
    float bias = weights.values(WeightNames.HEAD_BIAS)[0];
    float[] heads = new float[rows];
    for (int row = 0; row < rows; row++) {
      double sum = bias;
      for (int unit = 0; unit < weight.length; unit++) {
        sum += (double) outputs[row * weight.length + unit] * weight[unit];
      }
      heads[row] = (float) sum;
    }
    return heads;
  }

  static String encode(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  /** Reads what a worker answered. */
  public static float[] decode(String text) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  /** The largest absolute difference; infinite if lengths differ or something is not finite. */
  public static double difference(float[] left, float[] right) {
    if (left.length != right.length) {
      return Double.POSITIVE_INFINITY;
    }
    double largest = 0;
    for (int i = 0; i < left.length; i++) {
      double difference = Math.abs((double) left[i] - right[i]);
      if (!Double.isFinite(difference)) {
        return Double.POSITIVE_INFINITY;
      }
      largest = Math.max(largest, difference);
    }
    return largest;
  }
}
