package dev.eddy.model.fit;

import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;

/**
 * Says whether a lag is a season: values that lie so far apart are more alike than chance makes
 * them, than their neighbours, and than those half a season nearer or farther; and twice as far
 * apart they still are, in most of the series.
 */
final class SeasonTrial {
  /** A correlation below which no lag is looked at. */
  static final double WEAK = 0.1;

  /** What the correlation of a season must be that the calendar does not propose. */
  static final double STRONG = 0.2;

  private static final double CALENDAR_STRONG = 0.05;
  private static final double MORE = 1.5; // than a shorter season's correlation
  private static final double LASTING = 0.6; // of the correlation, what is left some seasons apart
  private static final double SURE = 4.5; // deviations of chance
  private static final double CALENDAR_SURE = 2.6;
  private static final double COMMON = 2.3; // deviations of chance, in most series
  private static final double NEAR = 0.04; // of a lag, where its neighbours lie
  private static final int REPEATS = 40; // seasons apart that tell a lag from its neighbours
  private static final int FAR = 8192; // how far apart, but where some seasons are farther
  private static final int LASTS = 4; // seasons apart that a season is still one
  private static final double AS_GOOD = 0.98; // of the best correlation, what the calendar needs
  private static final int ATTEMPTS = 3;

  private final List<double[]> series;
  private final NavigableSet<Integer> calendar;
  private final List<Integer> shorter;

  /**
   * A candidate that stood the test.
   *
   * @param lag perhaps a neighbour of the candidate
   * @param correlation of values one season apart
   */
  record Found(int lag, double correlation) {}

  /**
   * A trial.
   *
   * @param series without a straight line, NaN where unobserved
   * @param calendar lags that the distance of observations proposes
   * @param shorter seasons that were taken from the series: what repeats after a day more than
   *     after two is only a day that changes
   */
  SeasonTrial(List<double[]> series, NavigableSet<Integer> calendar, List<Integer> shorter) {
    this.series = series;
    this.calendar = calendar;
    this.shorter = shorter;
  }

  /** The season at a candidate or beside it; empty: there is none. */
  Optional<Found> of(int candidate) {
    int lag = candidate;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Likeness like = Likeness.of(series, lag, longest(lag));
      if (like.correlations().length <= lag + lag / 2 + near(lag)) {
        return Optional.empty();
      }
      int best = highest(like, lag);
      if (best == lag) {
        return stands(like, lag)
            ? Optional.of(new Found(lag, like.repeated(lag, LASTS)))
            : Optional.empty();
      }
      lag = best;
    }
    return Optional.empty();
  }

  private static int longest(int lag) {
    int few = LASTS * (lag + near(lag));
    return 1 + Math.max(few, Math.min(FAR, REPEATS * (lag + near(lag))));
  }

  /** How far from a lag its neighbours lie. */
  static int near(int lag) {
    return Math.max(1, (int) Math.round(NEAR * lag));
  }

  private int highest(Likeness like, int candidate) {
    int near = near(candidate);
    int best = candidate;
    for (int lag = Math.max(2, candidate - near); lag <= candidate + near; lag++) {
      best = like.repeated(lag, REPEATS) > like.repeated(best, REPEATS) ? lag : best;
    }
    double most = like.repeated(best, REPEATS);
    double least = Math.min(AS_GOOD * most, most - chance(like, candidate) / 2);
    for (int proposed : calendar.subSet(candidate - near, candidate + near + 1)) {
      best = like.repeated(proposed, REPEATS) >= least ? proposed : best;
    }
    return best;
  }

  private boolean stands(Likeness like, int lag) {
    boolean proposed = calendar.contains(lag);
    double own = like.correlations()[lag];
    double repeated = Math.min(like.repeated(lag, LASTS), like.middle(lag));
    return own >= (proposed ? CALENDAR_STRONG : STRONG)
        && repeated >= LASTING * own
        && repeated >= (proposed ? CALENDAR_SURE : SURE) * chance(like, lag)
        && isAbove(like.correlations(), lag)
        && isCommon(like, lag);
  }

  /** Whether a lag's correlation is well above what lies around it, and above shorter seasons'. */
  private boolean isAbove(double[] all, int lag) {
    double others = shorter.stream().mapToDouble(each -> all[each]).max().orElse(0);
    return isPeak(all, lag) && all[lag] >= MORE * others;
  }

  /** Whether correlations fall to a half on both sides of a lag, half a season away or nearer. */
  static boolean isPeak(double[] all, int lag) {
    return around(all, lag) <= all[lag] / 2;
  }

  /** The higher one of the lowest correlations on both sides, half a season nearer and farther. */
  private static double around(double[] all, int lag) {
    double before = Arrays.stream(all, (lag + 1) / 2, lag).min().orElse(0);
    double after =
        Arrays.stream(all, lag + 1, Math.min(all.length, lag + lag / 2 + 1)).min().orElse(0);
    return Math.max(before, after);
  }

  /** Whether most series show it, each by itself: one that shows much must not speak for others. */
  private static boolean isCommon(Likeness like, int lag) {
    long showing =
        like.each().stream()
            .filter(own -> own.correlations().length > lag)
            .map(like::alone)
            .filter(one -> one.correlations()[lag] >= like.correlations()[lag] / 2)
            .filter(one -> isPeak(one.correlations(), lag))
            .filter(one -> one.repeated(lag, LASTS) >= COMMON * chance(one, lag))
            .count();
    return 2 * showing > like.each().size();
  }

  /** The deviation of the repeated correlation, where values that far apart are strangers. */
  private static double chance(Likeness like, int lag) {
    double squares = 1;
    for (int near = 1; near <= lag / 2; near++) {
      squares += 2 * like.correlations()[near] * like.correlations()[near];
    }
    double together = Math.sqrt(like.each().size()); // series of one kind tell less than strangers
    return Math.sqrt(squares / (Math.max(1, like.pairs(lag, LASTS)) * together));
  }
}
