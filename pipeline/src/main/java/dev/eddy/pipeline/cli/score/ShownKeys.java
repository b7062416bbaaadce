package dev.eddy.pipeline.cli.score;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Keeps what the plots of a few keys show: of some far apart in their order, and of those that turn
 * out to be the worst. Of the others it forgets everything as soon as they have ended.
 *
 * @param <T> what is gathered of a key
 */
final class ShownKeys<T> {
  private static final int SPREAD = 4;
  private static final int WORST = 3;
  private static final int MOST_AT_ONCE = 2000; // keys of an input that ends them all at its end

  private final Set<String> spread;
  private final boolean some; // not all are shown
  private final Supplier<T> none;
  private final Map<String, T> gathered = new HashMap<>();
  private final Map<String, Double> errors = new HashMap<>(); // of those that have ended

  ShownKeys(Collection<String> all, Supplier<T> none) {
    some = all.size() > SPREAD;
    this.spread = Set.copyOf(Spread.over(List.copyOf(all), SPREAD));
    this.none = none;
  }

  /** Whether a key may come to be shown. */
  boolean mayShow(String key) {
    return !spread.isEmpty()
        && (gathered.containsKey(key) || spread.contains(key) || gathered.size() < MOST_AT_ONCE);
  }

  /** What is gathered of a key that may be shown. */
  T of(String key) {
    return gathered.computeIfAbsent(key, unknown -> none.get());
  }

  /**
   * Nothing more comes of a key.
   *
   * @param error by which keys compare; NaN where it is not known
   */
  void end(String key, double error) {
    if (!gathered.containsKey(key)) {
      return;
    }
    errors.put(key, Double.isNaN(error) ? Double.NEGATIVE_INFINITY : error);
    Set<String> worst = Set.copyOf(worst());
    List<String> others =
        errors.keySet().stream()
            .filter(each -> !spread.contains(each) && !worst.contains(each))
            .toList();
    others.forEach(errors::remove);
    others.forEach(gathered::remove);
  }

  private List<String> worst() {
    return errors.entrySet().stream()
        .sorted(
            Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(WORST)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The worst first, then the others by name. */
  Map<String, T> shown() {
    Map<String, T> shown = new LinkedHashMap<>();
    worst().forEach(key -> shown.put(key, gathered.get(key)));
    gathered.keySet().stream()
        .filter(spread::contains)
        .sorted()
        .forEach(key -> shown.putIfAbsent(key, gathered.get(key)));
    return shown;
  }

  /** The key, and whether it is shown because it is among the worst. */
  String title(String key) {
    int place = worst().indexOf(key);
    return place < 0 || !some
        ? key
        : key + " (" + (place == 0 ? "the worst" : "worst " + (place + 1)) + ")";
  }
}
