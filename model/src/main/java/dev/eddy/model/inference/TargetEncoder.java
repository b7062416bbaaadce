package dev.eddy.model.inference;

import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.InputEncoding.NumericFeature;
import dev.eddy.model.spec.InputEncoding.Target;
import dev.eddy.model.spec.ModelSpec;
import java.time.Duration;
import java.util.List;

/**
 * Encodes what only a target of the forecasts has: its last difference and its difference to each
 * season, in residual units; and its part of the origin, a baseline for each horizon and the
 * residual unit. Confined to one thread.
 */
final class TargetEncoder {
  /** Keeps the residual unit of a key that never changes above 0, in global deviations. */
  private static final double UNIT_FLOOR = 1e-6;

  private final int index; // among the numeric features
  private final TargetMemory memory;
  private final double[] differences; // [1 + seasons]
  private final double leastUnit;
  private final double globalMean; // in the target's own unit
  private final Head.UnitPrior unitPrior;
  private final TargetMemory.BaselineParts[] baselines; // [horizons]

  /**
   * An encoder of one target.
   *
   * @param target its number among the targets of {@code spec}
   */
  TargetEncoder(int target, ModelSpec spec, MemoryLayout layout) {
    InputEncoding encoding = spec.input();
    Target named = encoding.targets().get(target);
    this.index = encoding.targetIndex(target);
    this.memory =
        new TargetMemory(
            layout,
            target,
            index,
            named.seasons(),
            encoding.interval().map(Duration::toMillis).orElse(0L));
    this.differences = new double[inputs(named)];
    NumericFeature feature = encoding.numeric().get(index);
    double scale = feature.log1p() ? StrictMath.exp(feature.mean()) : 1;
    this.leastUnit = Math.max(UNIT_FLOOR * feature.deviation() * scale, Float.MIN_NORMAL);
    this.globalMean = feature.log1p() ? StrictMath.expm1(feature.mean()) : feature.mean();
    if (spec.head() instanceof Head.Forecast forecast) {
      Head.TargetHead head = forecast.targets().get(target);
      this.unitPrior = head.unitPrior();
      this.baselines = baselines(head.baselines(), forecast.horizons());
    } else {
      this.unitPrior = new Head.UnitPrior(0, 0);
      this.baselines = new TargetMemory.BaselineParts[0];
    }
  }

  private TargetMemory.BaselineParts[] baselines(
      List<Head.Baseline> wanted, List<Integer> horizons) {
    TargetMemory.BaselineParts[] parts = new TargetMemory.BaselineParts[horizons.size()];
    for (int horizon = 0; horizon < parts.length; horizon++) {
      parts[horizon] = memory.parts(wanted.get(horizon), horizons.get(horizon));
    }
    return parts;
  }

  static int inputs(Target target) {
    return 1 + target.seasons().size();
  }

  int inputs() {
    return differences.length;
  }

  int originSize() {
    return baselines.length == 0 ? 0 : baselines.length + 1;
  }

  /** Takes in an observation, which the common statistics have counted already. */
  void encode(
      long time, float[] numeric, double[] statistics, float[] keyMemory, float[] inputs, int at) {
    memory.observe(time, numeric[index], statistics, keyMemory, differences);
    double unit = memory.unit(unitPrior, leastUnit, statistics);
    for (int input = 0; input < differences.length; input++) {
      double difference = differences[input];
      inputs[at + input] = Double.isNaN(difference) ? 0 : NumericEncoder.clip(difference / unit);
    }
  }

  /** Writes the origin of the key that was encoded last. */
  void origin(double[] statistics, float[] keyMemory, float[] origin, int at) {
    if (baselines.length == 0) {
      return;
    }
    for (int horizon = 0; horizon < baselines.length; horizon++) {
      origin[at + horizon] = (float) memory.baseline(baselines[horizon], globalMean, keyMemory);
    }
    origin[at + baselines.length] = (float) memory.unit(unitPrior, leastUnit, statistics);
  }

  double meanChange(double[] statistics) {
    return memory.meanChange(statistics);
  }

  double meanMagnitude(double[] statistics) {
    return memory.magnitude(statistics);
  }
}
