package dev.eddy.model.fit;

import dev.eddy.model.spec.Head.Baseline;
import dev.eddy.model.spec.Head.Lag;
import dev.eddy.model.spec.Head.Linear;
import dev.eddy.model.spec.Head.Mean;
import java.util.ArrayList;
import java.util.Arrays;
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

  /** How many terms a linear baseline weighs. */
  int linear() {
    return lags.size() + LEVELS;
  }

  /** The naive terms: the last value, then each season. */
  List<Baseline> naive() {
    List<Baseline> naive = new ArrayList<>(List.of(Baseline.last()));
    seasons.forEach(season -> naive.add(new Mean(false, List.of(season))));
    return naive;
  }

  /** The naive terms, then a baseline for each linear term that says nothing else. */
  List<Baseline> all() {
    List<Baseline> all = naive();
    for (int term = 0; term < linear(); term++) {
      double[] weights = new double[linear()];
      weights[term] = 1;
      all.add(linear(weights));
    }
    return all;
  }

  /** The linear baseline of some weights. */
  Linear linear(double[] weights) {
    List<Lag> weighted = new ArrayList<>();
    for (int lag = 0; lag < lags.size(); lag++) {
      if (weights[lag] != 0) {
        weighted.add(new Lag(lags.get(lag), weights[lag]));
      }
    }
    List<Double> levels = Arrays.stream(weights).skip(lags.size()).boxed().toList();
    return new Linear(seasons, weighted, levels);
  }
}
