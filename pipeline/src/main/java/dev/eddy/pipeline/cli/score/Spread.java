package dev.eddy.pipeline.cli.score;

import java.util.ArrayList;
import java.util.List;

/** Chooses what to show where there is too much to show all. */
final class Spread {
  private Spread() {}

  /** At most {@code most} in their order: the first, the last, and some between. */
  static <T> List<T> over(List<T> all, int most) {
    if (all.size() <= most) {
      return all;
    }
    List<T> chosen = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      chosen.add(all.get((int) Math.round((double) i * (all.size() - 1) / (most - 1))));
    }
    return chosen;
  }
}
