package dev.eddy.pipeline.evaluation.report;

import java.util.Map;
import java.util.TreeMap;

/**
 * How a version's classes turned out.
 *
 * @param count how many were scored
 * @param previousAccuracy of saying the label that the key had before
 * @param labels of each that occurred or was answered
 */
public record ClassesOnline(
    long count,
    double accuracy,
    double logLoss,
    double previousAccuracy,
    Map<String, LabelOnline> labels) {

  /** What labels are called together that the version does not know. */
  public static final String UNKNOWN = "(unknown)";

  /**
   * One label.
   *
   * @param occurred how often it was true
   * @param answered how often it was said
   * @param right how often both
   */
  public record LabelOnline(long occurred, long answered, long right) {
    LabelOnline with(LabelOnline other) {
      return new LabelOnline(
          occurred + other.occurred, answered + other.answered, right + other.right);
    }

    double f1() {
      return 2.0 * right / (occurred + answered);
    }
  }

  public ClassesOnline {
    labels = Map.copyOf(labels);
  }

  /** The same of two stretches of time together. */
  ClassesOnline with(ClassesOnline other) {
    Map<String, LabelOnline> both = new TreeMap<>(labels);
    other.labels.forEach((label, counts) -> both.merge(label, counts, LabelOnline::with));
    return new ClassesOnline(
        count + other.count,
        Means.of(accuracy, count, other.accuracy, other.count),
        Means.of(logLoss, count, other.logLoss, other.count),
        Means.of(previousAccuracy, count, other.previousAccuracy, other.count),
        both);
  }

  /** Mean F1 of the labels that occurred or were answered. */
  public double macroF1() {
    return labels.values().stream().mapToDouble(LabelOnline::f1).average().orElse(0);
  }

  /** The share of the label that came most often, which nobody knew beforehand. */
  public double majority() {
    return labels.entrySet().stream()
            .filter(label -> !label.getKey().equals(UNKNOWN)) // they may be many
            .mapToLong(label -> label.getValue().occurred())
            .max()
            .orElse(0)
        / (double) Math.max(1, count);
  }
}
