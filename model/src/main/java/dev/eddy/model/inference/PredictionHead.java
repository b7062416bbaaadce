package dev.eddy.model.inference;

import dev.eddy.model.spec.Head;

/**
 * Turns the network's outputs into a prediction: quantiles per target and horizon, or class
 * probabilities.
 *
 * <p>Quantiles are {@code baseline + unit * (residual quantile + weight * output)}, then sorted
 * within each column, which is the rearrangement of Chernozhukov, Fernández-Val and Galichon (2010)
 * and never worsens the pinball loss; the weight grows from 0 at a key's first observation to 1.
 * Probabilities are the softmax. Immutable; allocates nothing per call.
 */
final class PredictionHead {
  private final int size;
  private final int targets; // 0: classes
  private final int horizons;
  private final int quantiles;
  private final int warmUp;
  private final float[] residualQuantiles; // [targets, horizons, quantiles]

  PredictionHead(Head head) {
    this.size = head.outputSize();
    if (head instanceof Head.Forecast forecast) {
      this.targets = forecast.targets().size();
      this.horizons = forecast.horizons().size();
      this.quantiles = forecast.quantiles().size();
      this.warmUp = forecast.warmUp();
      this.residualQuantiles = new float[size];
      int index = 0;
      for (Head.TargetHead target : forecast.targets()) {
        for (float quantile : target.residualQuantiles()) {
          residualQuantiles[index++] = quantile;
        }
      }
    } else {
      this.targets = 0;
      this.horizons = 0;
      this.quantiles = 0;
      this.warmUp = 0;
      this.residualQuantiles = new float[0];
    }
  }

  /** Numbers of a prediction: targets * horizons * quantiles, or labels. */
  int size() {
    return size;
  }

  /**
   * How much the outputs after a key's observation number {@code observation}, counted from 1,
   * count: nothing at first, one half after the warm-up, then ever more of 1.
   */
  double weight(double observation) {
    double before = observation - 1;
    return before <= 0 ? 0 : before / (before + warmUp);
  }

  /**
   * Decodes one step of a key that is warm.
   *
   * @param outputs [outputOffset + size] the network's
   * @param origin [originOffset + originSize] the encoder's; unused by classes
   * @param prediction [size] receives [targets, horizons, quantiles], or probabilities
   */
  void decode(
      float[] outputs, int outputOffset, double[] origin, int originOffset, double[] prediction) {
    decode(outputs, outputOffset, origin, originOffset, 1, prediction, 0);
  }

  /**
   * As above for any key, into {@code prediction} from {@code predictionOffset} on.
   *
   * @param weight how much the outputs count, 0 to 1; not asked by classes
   */
  void decode(
      float[] outputs,
      int outputOffset,
      double[] origin,
      int originOffset,
      double weight,
      double[] prediction,
      int predictionOffset) {
    if (targets == 0) {
      softmax(outputs, outputOffset, prediction, predictionOffset);
      return;
    }
    for (int target = 0; target < targets; target++) {
      int originAt = originOffset + target * (horizons + 1);
      double unit = origin[originAt + horizons];
      for (int horizon = 0; horizon < horizons; horizon++) {
        int from = (target * horizons + horizon) * quantiles;
        double baseline = origin[originAt + horizon];
        for (int index = from; index < from + quantiles; index++) {
          double residual = residualQuantiles[index] + weight * outputs[outputOffset + index];
          prediction[predictionOffset + index] = baseline + unit * residual;
        }
        sort(prediction, predictionOffset + from, predictionOffset + from + quantiles);
      }
    }
  }

  /**
   * Rounds a forecast to the digits that mean something; probabilities stay.
   *
   * @param origin [originOffset + originSize] the encoder's; unused by classes
   */
  void round(double[] origin, int originOffset, double[] prediction, int predictionOffset) {
    int size = horizons * quantiles;
    for (int target = 0; target < targets; target++) {
      double unit = origin[originOffset + target * (horizons + 1) + horizons];
      int from = predictionOffset + target * size;
      DecimalPlaces.round(prediction, from, from + size, unit);
    }
  }

  static void sort(double[] values, int from, int to) {
    for (int next = from + 1; next < to; next++) {
      double value = values[next];
      int at = next;
      while (at > from && values[at - 1] > value) {
        values[at] = values[at - 1];
        at--;
      }
      values[at] = value;
    }
  }

  private void softmax(float[] outputs, int outputOffset, double[] prediction, int at) {
    float greatest = outputs[outputOffset];
    for (int label = 1; label < size; label++) {
      greatest = Math.max(greatest, outputs[outputOffset + label]);
    }
    double sum = 0;
    for (int label = 0; label < size; label++) {
      double weight = StrictMath.exp((double) outputs[outputOffset + label] - greatest);
      prediction[at + label] = (float) weight;
      sum += weight;
    }
    for (int label = 0; label < size; label++) {
      prediction[at + label] = (float) (prediction[at + label] / sum);
    }
  }
}
