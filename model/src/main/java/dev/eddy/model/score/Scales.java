package dev.eddy.model.score;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds targets whose keys differ so much in scale that an error of all of them together says
 * nothing: it would be that of the largest, and perhaps a sum of unlike units. A key's scale is the
 * mean absolute error of persistence over its scored targets.
 */
final class Scales {
  /** Scales that differ by more than this many times are unlike. */
  static final double MOST = 10;

  private static final double LOW = 0.25; // a few silent keys make the others not unlike

  private Scales() {}

  /** By how many times the largest key's scale is that of a small one, of each unlike target. */
  static Map<String, Double> unlike(List<ForecastScore> keys) {
    Map<String, Double> unlike = new LinkedHashMap<>();
    for (Map.Entry<String, List<Double>> target : scales(keys).entrySet()) {
      List<Double> sorted = target.getValue().stream().filter(each -> each > 0).sorted().toList();
      if (!sorted.isEmpty()) {
        double low = sorted.get((int) (LOW * (sorted.size() - 1)));
        double factor = sorted.get(sorted.size() - 1) / low;
        if (factor > MOST) {
          unlike.put(target.getKey(), factor);
        }
      }
    }
    return unlike;
  }

  /** Of each key, by target. */
  private static Map<String, List<Double>> scales(List<ForecastScore> keys) {
    Map<String, Map<String, Double>> means =
        keys.stream()
            .collect(
                Collectors.groupingBy(
                    ForecastScore::target,
                    LinkedHashMap::new,
                    Collectors.groupingBy(
                        ForecastScore::key,
                        TreeMap::new,
                        Collectors.averagingDouble(ForecastScore::persistenceMae))));
    Map<String, List<Double>> scales = new LinkedHashMap<>();
    means.forEach((target, ofKeys) -> scales.put(target, new ArrayList<>(ofKeys.values())));
    return scales;
  }
}
