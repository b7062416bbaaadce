package dev.eddy.model.inference;

import java.util.List;

/**
 * Encodes how much one numeric feature moves at present: its deviation under exponential weights,
 * over each of several spans of observations. A cell sums gated inputs, so movement whose sign
 * alternates cancels out in it; this keeps its size. What is at rest and what is not differs alike
 * for keys whose values lie at different levels.
 *
 * <p>A deviation d enters as {@code 4·d / (d + s) − 2} where s is a fifth of the feature's global
 * deviation: −2 at rest, 0 at s, below 2 however large. Until a key has shown as many values as the
 * span is long all of them weigh the same; before its second value the input is 0. Mean and
 * variance follow Finch (2009), <i>Incremental calculation of weighted mean and variance</i>. A
 * missing value changes nothing.
 */
final class RunningDeviations {
  /** Numbers that a key's statistics hold for each span: mean, variance. */
  static final int PER_SPAN = 2;

  private static final double HALF_WAY = 0.2; // of the global deviation
  private static final double RANGE = 4;

  private final double[] spans; // [spans] observations
  private final double halfWay;
  private final int statisticsAt;

  /**
   * The deviations of one feature.
   *
   * @param spans in observations
   * @param deviation the feature's global one; above 0
   * @param statisticsAt offset of [spans, 2] in a key's statistics
   */
  RunningDeviations(List<Integer> spans, double deviation, int statisticsAt) {
    this.spans = spans.stream().mapToDouble(Integer::doubleValue).toArray();
    this.halfWay = HALF_WAY * deviation;
    this.statisticsAt = statisticsAt;
  }

  /** Inputs it makes. */
  int inputs() {
    return spans.length;
  }

  /**
   * Takes in an observed value.
   *
   * @param count values observed of the key, this one included
   */
  void learn(double value, double count, double[] statistics) {
    for (int span = 0; span < spans.length; span++) {
      int at = statisticsAt + PER_SPAN * span;
      double weight = 1 / Math.min(count, spans[span]);
      double difference = value - statistics[at];
      double step = weight * difference;
      statistics[at] += step;
      statistics[at + 1] = (1 - weight) * (statistics[at + 1] + difference * step);
    }
  }

  /** Writes an input for each span. */
  void encode(double count, double[] statistics, float[] inputs, int at) {
    for (int span = 0; span < spans.length; span++) {
      double variance = statistics[statisticsAt + PER_SPAN * span + 1];
      double deviation = Math.sqrt(variance);
      inputs[at + span] =
          count < 2 ? 0 : (float) (RANGE * deviation / (deviation + halfWay) - RANGE / 2);
    }
  }
}
