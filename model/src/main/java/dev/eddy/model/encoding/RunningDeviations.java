package dev.eddy.model.encoding;

import java.util.List;

/**
 * Encodes how much one numeric feature moves at present: its deviation under exponential weights,
 * over each of several spans of observations. A cell sums gated inputs, so movement whose sign
 * alternates cancels out in it; this keeps its size, measured by how much the key moves at all.
 *
 * <p>A deviation d enters as {@code 4·d / (d + s) − 2} where s is a fifth of the key's own
 * deviation: −2 at rest, 0 at s, below 2 however large. Until a key has shown as many values as the
 * span is long all of them weigh the same; before its second value the input is 0. Mean and
 * variance follow Finch (2009), <i>Incremental calculation of weighted mean and variance</i>. A
 * missing value changes nothing.
 */
final class RunningDeviations {
  /** Numbers that a key's statistics hold for each span: mean, variance. */
  static final int PER_SPAN = 2;

  private static final double HALF_WAY = 0.2; // of the key's own deviation
  private static final double RANGE = 4;

  private final double[] spans; // [spans] observations
  private final int statisticsAt;

  /**
   * The deviations of one feature.
   *
   * @param spans in observations
   * @param statisticsAt offset of [spans, 2] in a key's statistics
   */
  RunningDeviations(List<Integer> spans, int statisticsAt) {
    this.spans = spans.stream().mapToDouble(Integer::doubleValue).toArray();
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

  /**
   * Writes an input for each span.
   *
   * @param count values observed of the key
   * @param own the key's deviation over all that it has shown; above 0
   */
  void encode(double count, double own, double[] statistics, float[] inputs, int at) {
    double halfWay = HALF_WAY * own;
    for (int span = 0; span < spans.length; span++) {
      double variance = statistics[statisticsAt + PER_SPAN * span + 1];
      double deviation = Math.sqrt(variance);
      inputs[at + span] =
          count < 2 ? 0 : (float) (RANGE * deviation / (deviation + halfWay) - RANGE / 2);
    }
  }
}
