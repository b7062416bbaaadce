package dev.eddy.pipeline.judge;

import dev.eddy.model.history.KeyHistory;
import java.util.ArrayList;
import java.util.List;

/**
 * Says how much each target changes from one observation to the next, in the middle of all keys. A
 * key that hardly changes beside the others is measured by it, so that none decides alone.
 */
final class TypicalChanges {
  private final int[] targets; // [targets] their places among the observations' features
  private final List<List<Double>> changes = new ArrayList<>(); // [targets] a mean of each key

  /** Of keys that are yet to be added. */
  TypicalChanges(int[] targets) {
    this.targets = targets;
    for (int target = 0; target < targets.length; target++) {
      changes.add(new ArrayList<>());
    }
  }

  /** Takes in what a key has. */
  void add(KeyHistory of) {
    for (int target = 0; target < targets.length; target++) {
      double mean = mean(of, targets[target]);
      if (mean > 0) {
        changes.get(target).add(mean);
      }
    }
  }

  /** Of one target; 0 where it never changes. */
  private static double mean(KeyHistory of, int feature) {
    double sum = 0;
    long count = 0;
    double before = Double.NaN;
    for (int row = 0; row < of.length(); row++) {
      double now = of.inputs().get(row).numeric()[feature];
      double change = Math.abs(now - before);
      if (Double.isFinite(change)) {
        sum += change;
        count++;
      }
      before = Double.isFinite(now) ? now : before;
    }
    return count == 0 ? 0 : sum / count;
  }

  /** [targets] the median of the keys that change; 1 where none does. */
  double[] medians() {
    double[] medians = new double[targets.length];
    for (int target = 0; target < targets.length; target++) {
      List<Double> sorted = changes.get(target).stream().sorted().toList();
      medians[target] = sorted.isEmpty() ? 1 : sorted.get(sorted.size() / 2);
    }
    return medians;
  }
}
