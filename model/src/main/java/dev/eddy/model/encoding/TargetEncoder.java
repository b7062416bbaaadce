package dev.eddy.model.encoding;

import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.InputEncoding.NumericFeature;
import dev.eddy.model.spec.InputEncoding.Target;
import dev.eddy.model.spec.ModelSpec;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Encodes what only a target of the forecasts has: its last difference, its difference to each
 * season, and how far each baseline lies from its last value, all in residual units; and its part
 * of the origin, a baseline for each horizon and the residual unit. A residual tells the network to
 * correct a baseline, so it must see the baseline: a season ago ahead of the origin is nowhere else
 * among its inputs. Confined to one thread.
 */
final class TargetEncoder {
  /** Keeps the residual unit of a key that never changes above 0, in global deviations. */
  private static final double UNIT_FLOOR = 1e-6;

  private final int index; // among the numeric features
  private final TargetMemory memory;
  private final double[] differences; // [1 + seasons]
  private final int featureAt; // statistics of the numeric feature
  private final boolean logarithmic;
  private final double leastUnit;
  private final double globalMean; // in the target's own unit
  private final Head.UnitPrior unitPrior;
  private final TargetBaseline[] baselines; // [horizons]
  private final int[] distant; // horizons whose baseline is not just the last value

  /**
   * An encoder of one target.
   *
   * @param target its number among the targets of {@code spec}
   */
  TargetEncoder(int target, ModelSpec spec, MemoryLayout layout) {
    InputEncoding encoding = spec.input();
    Target named = encoding.targets().get(target);
    this.index = encoding.targetIndex(target);
    long interval = encoding.interval().map(Duration::toMillis).orElse(0L);
    this.memory = new TargetMemory(layout, target, index, named.seasons(), interval);
    this.differences = new double[1 + named.seasons().size()];
    NumericFeature feature = encoding.numeric().get(index);
    this.featureAt = layout.feature(index);
    this.logarithmic = feature.log1p();
    this.leastUnit = leastUnit(feature);
    this.globalMean = feature.log1p() ? StrictMath.expm1(feature.mean()) : feature.mean();
    if (spec.head() instanceof Head.Forecast forecast) {
      Head.TargetHead head = forecast.targets().get(target);
      this.unitPrior = head.unitPrior();
      this.baselines = baselines(head.baselines(), forecast.horizons());
      this.distant = distant(head.baselines());
    } else {
      this.unitPrior = new Head.UnitPrior(0, 0);
      this.baselines = new TargetBaseline[0];
      this.distant = new int[0];
    }
  }

  /** Of the key's values so far; that of logarithms says nothing, so the magnitude stands in. */
  private double spread(double[] statistics) {
    double count = statistics[featureAt + MemoryLayout.COUNT];
    if (logarithmic) {
      return Double.POSITIVE_INFINITY;
    }
    return count == 0 ? 0 : Math.sqrt(statistics[featureAt + MemoryLayout.SQUARES] / count);
  }

  private static double leastUnit(NumericFeature feature) {
    double scale = feature.log1p() ? StrictMath.exp(feature.mean()) : 1;
    return Math.max(UNIT_FLOOR * feature.deviation() * scale, Float.MIN_NORMAL);
  }

  private TargetBaseline[] baselines(List<Head.Baseline> wanted, List<Integer> horizons) {
    TargetBaseline[] parts = new TargetBaseline[horizons.size()];
    for (int horizon = 0; horizon < parts.length; horizon++) {
      parts[horizon] = TargetBaseline.of(wanted.get(horizon), horizons.get(horizon), memory);
    }
    return parts;
  }

  private static int[] distant(List<Head.Baseline> baselines) {
    return IntStream.range(0, baselines.size())
        .filter(horizon -> !baselines.get(horizon).equals(Head.Baseline.last()))
        .toArray();
  }

  /** Inputs of target number {@code target} under a head. */
  static int inputs(int target, InputEncoding encoding, Head head) {
    int differences = 1 + encoding.targets().get(target).seasons().size();
    return head instanceof Head.Forecast forecast
        ? differences + distant(forecast.targets().get(target).baselines()).length
        : differences;
  }

  int inputs() {
    return differences.length + distant.length;
  }

  int originSize() {
    return baselines.length == 0 ? 0 : baselines.length + 1;
  }

  /**
   * Takes in an observation, which the common statistics have counted already, and writes its
   * inputs and its origin.
   */
  void encode(
      long time,
      double[] numeric,
      KeyMemory key,
      float[] inputs,
      int at,
      double[] origin,
      int originAt) {
    memory.observe(time, numeric[index], key, differences);
    double unit = memory.unit(unitPrior, spread(key.statistics()), leastUnit, key.statistics());
    writeOrigin(unit, key, origin, originAt);
    for (int input = 0; input < differences.length; input++) {
      inputs[at + input] = scaled(differences[input], unit);
    }
    double last = memory.last(key.values());
    for (int input = 0; input < distant.length; input++) {
      double distance = origin[originAt + distant[input]] - last;
      inputs[at + differences.length + input] = scaled(distance, unit);
    }
  }

  private void writeOrigin(double unit, KeyMemory key, double[] origin, int at) {
    if (baselines.length == 0) {
      return;
    }
    for (int horizon = 0; horizon < baselines.length; horizon++) {
      origin[at + horizon] = baselines[horizon].value(globalMean, key);
    }
    origin[at + baselines.length] = unit;
  }

  private static float scaled(double difference, double unit) {
    return Double.isNaN(difference) ? 0 : NumericEncoder.clip(difference / unit);
  }

  double meanChange(double[] statistics) {
    return memory.meanChange(statistics);
  }

  double meanMagnitude(double[] statistics) {
    return memory.magnitude(statistics);
  }
}
