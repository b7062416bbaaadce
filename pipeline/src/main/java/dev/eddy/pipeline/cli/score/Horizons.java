package dev.eddy.pipeline.cli.score;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Chooses horizons to show where there are too many to show all. */
final class Horizons {
  private static final int MOST = 6;

  private Horizons() {}

  /** At most {@value #MOST} of them, ascending: the first, the last, and some between. */
  static List<Integer> some(List<Integer> horizons) {
    return some(horizons, MOST);
  }

  static List<Integer> some(List<Integer> horizons, int most) {
    List<Integer> all = List.copyOf(new TreeSet<>(horizons));
    if (all.size() <= most) {
      return all;
    }
    SortedSet<Integer> chosen = new TreeSet<>();
    for (int i = 0; i < most; i++) {
      chosen.add(all.get(most == 1 ? 0 : Math.round((float) i * (all.size() - 1) / (most - 1))));
    }
    return List.copyOf(chosen);
  }
}
