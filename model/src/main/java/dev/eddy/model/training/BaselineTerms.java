package dev.eddy.model.training;

import dev.eddy.model.spec.Head.Baseline;
import dev.eddy.model.spec.Head.Lag;
import dev.eddy.model.spec.Head.Linear;
import dev.eddy.model.spec.Head.Mean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the baselines of a target at one horizon are made of: first the naive ones, the last value
 * and each season, whose means may be chosen; then what a linear baseline weighs: for each season,
 * and for as many shorter seasons as the longest holds, the target then and its value at the
 * horizon's phase; the value before the last; the running levels.
 */
final class BaselineTerms {
  private static final int MOST_REPEATS = 7;
  private static final int LEVELS = Linear.LEVEL_SPANS.size();

  private final List<Integer> seasons;
  private final List<Integer> lags;

  /** The terms of a target with {@code seasons}, ascending, at {@code horizon}. */
  BaselineTerms(List<Integer> seasons, int horizon) {
    this.seasons = seasons;
    SortedSet<Integer> found = new TreeSet<>(List.of(1));
    for (int season : seasons) {
      found.add(season);
      found.add(season - horizon % season);
    }
    if (!seasons.isEmpty()) {
      int shortest = seasons.get(0);
      int longest = seasons.get(seasons.size() - 1);
      int repeats = longest % shortest == 0 ? Math.min(MOST_REPEATS, longest / shortest) : 1;
      for (int repeat = 2; repeat <= repeats; repeat++) {
        found.add(repeat * shortest);
        found.add(repeat * shortest - horizon % shortest);
      }
    }
    lags = List.copyOf(found);
  }

  /** How many naive terms there are: the last value, then each season. */
  int naive() {
    return 1 + seasons.size();
  }

  /** How many terms a linear baseline weighs. */
  int linear() {
    return lags.size() + LEVELS;
  }

  /** A baseline for each term that says nothing else, the naive ones first. */
  List<Baseline> each() {
    List<Baseline> each = new ArrayList<>();
    each.add(Baseline.last());
    seasons.forEach(season -> each.add(new Mean(false, List.of(season))));
    for (int term = 0; term < linear(); term++) {
      double[] weights = new double[linear()];
      weights[term] = 1;
      each.add(linear(weights));
    }
    return each;
  }

  /** The linear baseline of some weights. */
  Linear linear(double[] weights) {
    List<Lag> weighted = new ArrayList<>();
    for (int lag = 0; lag < lags.size(); lag++) {
      if (weights[lag] != 0) {
        weighted.add(new Lag(lags.get(lag), weights[lag]));
      }
    }
    List<Double> levels = new ArrayList<>(Collections.nCopies(LEVELS, 0.0));
    for (int level = 0; level < LEVELS; level++) {
      levels.set(level, weights[lags.size() + level]);
    }
    return new Linear(seasons, weighted, levels);
  }
}
