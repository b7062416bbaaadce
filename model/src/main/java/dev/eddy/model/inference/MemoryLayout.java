package dev.eddy.model.inference;

import dev.eddy.model.spec.InputEncoding;
import java.util.List;

/**
 * Where everything that an encoder remembers of a key lies in the two flat arrays of its state.
 *
 * <pre>
 * statistics  [0] observations seen         [1] time of the first one    [2] time of the last one
 *             [3 + 3f ..] numeric feature f: observed values, their mean, sum of squared deviations
 *                          (after log1p)
 *             target only, after the features: [0] period of the last observation
 *                          [1] observed targets, [2] sum of their absolute values
 *                          [3] known differences y[t] - y[t-P], [4] sum of their absolute values
 * memory      [f] last observed value of numeric feature f, NaN before any
 *             target only, after the features: [0] target of the current period, NaN while unknown
 *                          then a ring of P past targets for each season P, NaN where unknown
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

  private static final int COMMON = 3;
  private static final int PER_FEATURE = 3;
  private static final int PER_TARGET = 5;

  private final int features;
  private final boolean target;
  private final int[] rings; // [seasons] offsets into memory
  private final int memorySize;

  /** For {@code features} numeric features and, if {@code target}, these seasons of the target. */
  MemoryLayout(int features, boolean target, List<Integer> seasons) {
    this.features = features;
    this.target = target;
    this.rings = new int[seasons.size()];
    int at = features + (target ? 1 : 0);
    for (int season = 0; season < rings.length; season++) {
      rings[season] = at;
      at += seasons.get(season);
    }
    this.memorySize = at;
  }

  static MemoryLayout of(InputEncoding encoding) {
    return new MemoryLayout(
        encoding.numeric().size(),
        encoding.target().isPresent(),
        encoding.target().map(InputEncoding.Target::seasons).orElse(List.of()));
  }

  int statisticsSize() {
    return COMMON + PER_FEATURE * features + (target ? PER_TARGET : 0);
  }

  int memorySize() {
    return memorySize;
  }

  /** Offset of a feature's running statistics. */
  int feature(int feature) {
    return COMMON + PER_FEATURE * feature;
  }

  /** Offset of the target's statistics. */
  int target() {
    return COMMON + PER_FEATURE * features;
  }

  /** Offset in memory of the target of the current period. */
  int current() {
    return features;
  }

  /** Offset in memory of a season's ring. */
  int ring(int season) {
    return rings[season];
  }

  /** The fingerprint of what the arrays mean under {@code encoding}. */
  static String fingerprint(InputEncoding encoding) {
    StringBuilder text = new StringBuilder("1");
    for (InputEncoding.NumericFeature feature : encoding.numeric()) {
      text.append('|').append(feature.log1p() ? "log1p " : "").append(feature.name());
    }
    encoding
        .target()
        .ifPresent(
            found ->
                text.append("|target ").append(found.name()).append(' ').append(found.seasons()));
    encoding.interval().ifPresent(found -> text.append("|interval ").append(found));
    return text.toString();
  }
}
