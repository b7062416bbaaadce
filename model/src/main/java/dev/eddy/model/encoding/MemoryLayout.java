package dev.eddy.model.encoding;

import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.InputEncoding;
import java.util.List;

/**
 * Says where everything that an encoder remembers of a key lies in the two flat arrays of its
 * {@link KeyMemory}.
 *
 * <pre>
 * statistics  [0] observations seen         [1] time of the first one    [2] time of the last one
 *             [3 + 3f ..] numeric feature f: observed values, their mean, sum of squared deviations
 *                          (after log1p)
 *             for each target, after the features: [0] period of the last observation
 *                          [1] observed values, [2] sum of their absolutes
 *                          [3] known differences y[t] - y[t-P], [4] sum of their absolutes,
 *                          [5 ..] its running levels
 *             for each feature and each span of its running deviations: mean, variance
 *             at the end, for each static number: whether it is known, and its value; for each
 *                          static category: the hash of its value, 0 until it is known
 * values      [f] last observed value of numeric feature f, NaN before any
 *             for each target, after the features: [0] value of the current period, NaN while
 *                          unknown, [1] value of the period before it, NaN where unknown, then a
 *                          ring of P past values for each season P, NaN where unknown
 *             at the end a ring of reach + 1 values for each future feature, NaN where unknown
 * </pre>
 */
final class MemoryLayout {
  static final int OBSERVATIONS = 0;
  static final int FIRST_TIME = 1;
  static final int LAST_TIME = 2;

  static final int COUNT = 0;
  static final int MEAN = 1;
  static final int SQUARES = 2;

  static final int PERIOD = 0;
  static final int TARGETS = 1;
  static final int MAGNITUDE = 2;
  static final int DIFFERENCES = 3;
  static final int DIFFERENCE = 4;
  static final int LEVELS = 5;

  static final int COMMON = 3;
  static final int PER_FEATURE = 3;
  static final int PER_TARGET = LEVELS + Head.Linear.LEVEL_SPANS.size();

  private final int features;
  private final int[] currents; // [targets] offsets into values
  private final int[][] rings; // [targets][seasons] offsets into values
  private final int deviationSpans;
  private final int statics;
  private final int futures; // offset into values
  private final int futureLength; // length of a ring: reach + 1
  private final int valuesSize;

  /**
   * For {@code features} numeric features and so many targets as there are lists of seasons.
   *
   * @param seasons of each target
   * @param deviationSpans running deviations of each feature
   * @param statics statistics of the static features
   */
  MemoryLayout(int features, List<List<Integer>> seasons, int deviationSpans, int statics) {
    this(features, seasons, deviationSpans, statics, 0, 0);
  }

  private MemoryLayout(
      int features,
      List<List<Integer>> seasons,
      int deviationSpans,
      int statics,
      int futureFeatures,
      int reach) {
    this.statics = statics;
    this.features = features;
    this.deviationSpans = deviationSpans;
    this.currents = new int[seasons.size()];
    this.rings = new int[seasons.size()][];
    int at = features;
    for (int target = 0; target < rings.length; target++) {
      currents[target] = at;
      at += 2;
      rings[target] = new int[seasons.get(target).size()];
      for (int season = 0; season < rings[target].length; season++) {
        rings[target][season] = at;
        at += seasons.get(target).get(season);
      }
    }
    this.futures = at;
    this.futureLength = reach + 1;
    this.valuesSize = at + futureFeatures * futureLength;
  }

  static MemoryLayout of(InputEncoding encoding) {
    return new MemoryLayout(
        encoding.numeric().size(),
        encoding.targets().stream().map(InputEncoding.Target::seasons).toList(),
        encoding.deviationSpans().size(),
        StaticEncoder.statistics(encoding.statics()),
        encoding.future().map(future -> future.features().size()).orElse(0),
        encoding.future().map(InputEncoding.Future::reach).orElse(0));
  }

  int statisticsSize() {
    return statics() + statics;
  }

  int valuesSize() {
    return valuesSize;
  }

  /** Offset of a feature's running statistics. */
  int feature(int feature) {
    return COMMON + PER_FEATURE * feature;
  }

  /** Offset of a target's statistics. */
  int target(int target) {
    return COMMON + PER_FEATURE * features + PER_TARGET * target;
  }

  /** Offset of a feature's running deviations. */
  int deviations(int feature) {
    return target(rings.length) + RunningDeviations.PER_SPAN * deviationSpans * feature;
  }

  /** Offset of the static features' statistics. */
  int statics() {
    return deviations(features);
  }

  /** Offset in values of a target's value of the current period. */
  int current(int target) {
    return currents[target];
  }

  /** Offset in values of a target's value of the period before the current one. */
  int before(int target) {
    return currents[target] + 1;
  }

  /** Offset in values of the ring of a target's season. */
  int ring(int target, int season) {
    return rings[target][season];
  }

  /** Offset in values of the ring of future feature number {@code feature}. */
  int future(int feature) {
    return futures + feature * futureLength;
  }

  /** Says what the arrays mean under an encoding; equal texts, equal meanings. */
  static String meaning(InputEncoding encoding) {
    StringBuilder text = new StringBuilder("2");
    for (InputEncoding.NumericFeature feature : encoding.numeric()) {
      text.append('|').append(feature.log1p() ? "log1p " : "").append(feature.name());
    }
    for (InputEncoding.Target target : encoding.targets()) {
      text.append("|target ").append(target.name()).append(' ').append(target.seasons());
    }
    if (!encoding.deviationSpans().isEmpty()) {
      text.append("|deviations ").append(encoding.deviationSpans());
    }
    for (InputEncoding.NumericFeature number : encoding.statics().numeric()) {
      text.append("|static number ").append(number.name());
    }
    for (InputEncoding.CategoricalFeature category : encoding.statics().categorical()) {
      text.append("|static category ").append(category.name());
    }
    if (encoding.future().isPresent()) {
      InputEncoding.Future future = encoding.future().get();
      text.append("|future ").append(future.features()).append(' ').append(future.reach());
    }
    encoding.interval().ifPresent(found -> text.append("|interval ").append(found));
    return text.toString();
  }
}
