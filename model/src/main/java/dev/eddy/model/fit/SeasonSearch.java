package dev.eddy.model.fit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Looks for the seasons that series of one kind have in common: short ones first, longer ones in
 * what those leave.
 */
final class SeasonSearch {
  private static final int PEAKS = 3; // of each octave of lags that are tested
  private static final double OWN = 0.93; // of a longer season's correlation, for one within it
  private static final double AS_LIKE = 0.9; // of a lag's correlation, for a part of it
  private static final int MOST = 3;

  private final NavigableSet<Integer> calendar;
  private final List<double[]> series;
  private final int longest;
  private final NavigableMap<Integer, Double> chosen = new TreeMap<>(); // with its correlation
  private List<double[]> left; // of the series, without the seasons chosen

  /**
   * A search.
   *
   * @param series in time order, one step between values, NaN where unobserved
   * @param calendar lags that the distance of observations proposes
   * @param longest lag that is looked at
   */
  SeasonSearch(List<double[]> series, NavigableSet<Integer> calendar, int longest) {
    this.series = series.stream().map(Detrending::clean).map(Detrending::line).toList();
    this.calendar = calendar;
    this.longest = longest;
    this.left = this.series;
  }

  /** The seasons, ascending; none where there is none. */
  List<Integer> find() {
    SeasonTrial trial = new SeasonTrial(series, calendar, List.of());
    NavigableMap<Integer, Double> alone = new TreeMap<>();
    for (int candidate : candidates()) {
      trial.of(candidate).ifPresent(found -> alone.put(found.lag(), found.correlation()));
    }
    NavigableSet<Integer> shown = new TreeSet<>(alone.keySet());
    alone.keySet().removeIf(lag -> isMultiple(lag, shown));
    alone.forEach(this::choose);
    return few();
  }

  /**
   * Whether a lag is a multiple of what only some series show, so that it stands for these alone:
   * values a part of it apart are as alike, and that part is no season of most, though it is strong
   * enough for one. A weak part says nothing: a day with two peaks has one.
   */
  private boolean isMultiple(int lag, NavigableSet<Integer> shown) {
    double[] like = Likeness.of(series, lag, lag + 1).correlations();
    return IntStream.rangeClosed(2, lag / 2)
        .filter(part -> lag % part == 0 && !shown.contains(part))
        .filter(part -> like[part] >= Math.max(SeasonTrial.STRONG, AS_LIKE * like[lag]))
        .anyMatch(part -> SeasonTrial.isPeak(like, part));
  }

  /**
   * Chooses a lag that is a season of what the chosen ones leave, too. Beyond a day or a week there
   * are no other seasons than those of the calendar, only weather that changes.
   */
  private void choose(int lag, double correlation) {
    boolean isNear = !chosen.subMap(lag - SeasonTrial.near(lag), lag).isEmpty();
    boolean isOdd =
        !calendar.contains(lag) && chosen.keySet().stream().anyMatch(calendar::contains);
    if (!isNear && !isOdd && (chosen.isEmpty() || adds(lag))) {
      chosen.put(lag, correlation);
      left = left.stream().map(values -> Detrending.season(values, lag)).toList();
    }
  }

  /** Of the calendar's lags the whole series have told which of some neighbours it is. */
  private boolean adds(int lag) {
    SeasonTrial trial = new SeasonTrial(left, calendar, List.copyOf(chosen.keySet()));
    return trial.of(lag).filter(found -> found.lag() == lag || calendar.contains(lag)).isPresent();
  }

  private NavigableSet<Integer> candidates() {
    NavigableSet<Integer> candidates = new TreeSet<>(calendar);
    for (int window = 4; window / 2 <= longest; window *= 2) {
      candidates.addAll(peaks(window));
    }
    return candidates;
  }

  /** The highest peaks of the octave of lags below {@code window}, beside the calendar's. */
  private List<Integer> peaks(int window) {
    double[] like = Likeness.of(series, window, window + 1).correlations();
    return IntStream.rangeClosed(window / 2, Math.min(window - 1, like.length - 2))
        .filter(lag -> lag <= longest && like[lag] > SeasonTrial.WEAK)
        .filter(lag -> like[lag] > like[lag - 1] && like[lag] >= like[lag + 1])
        .boxed()
        .sorted(Comparator.comparingDouble(lag -> -like[lag]))
        .limit(PEAKS)
        .toList();
  }

  /** Without those within a longer one that is clearly stronger; the calendar's stay. */
  private List<Integer> few() {
    List<Integer> few = new ArrayList<>();
    chosen.forEach(
        (lag, correlation) -> {
          double longer =
              chosen.tailMap(lag + 1).values().stream().mapToDouble(each -> each).max().orElse(0);
          if (calendar.contains(lag) || correlation >= OWN * longer) {
            few.add(lag);
          }
        });
    return List.copyOf(few.subList(0, Math.min(MOST, few.size())));
  }
}
