package dev.eddy.pipeline.rows;

import dev.eddy.connectors.file.FarValues;
import dev.eddy.settings.Durations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives what was seen of files to other programs, as data.
 *
 * @param look at the files
 * @param parts of the rows
 */
public record FilesData(FileLook look, PartsLook parts) {
  private static final int MOST_KEYS = 10_000;

  /** A field for each thing that was counted. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rows", look.rows());
    json.put("refusedRows", look.refused().total());
    json.put("refused", refused());
    json.put("keys", look.keys().size());
    json.put("shortestKey", look.shortest());
    json.put("longestKey", look.longest());
    json.put("from", look.first().toString());
    json.put("to", look.last().toString());
    json.put("distance", look.distances().usual().map(Durations::format).orElse(null));
    json.put("distanceMillis", look.distances().usual().map(each -> each.toMillis()).orElse(null));
    json.put("doubles", look.distances().doubles());
    json.put("stepsBack", look.distances().back());
    json.put("gaps", look.distances().gaps());
    json.put("secondPasses", look.secondPasses());
    json.put("classes", look.classes());
    json.put("categories", look.categories());
    json.put("farValues", far());
    json.put("parts", parts(parts.all()));
    json.put("keysWithoutTest", parts.untested());
    json.put("series", series());
    json.put("seriesLeftOut", Math.max(0, look.keys().size() - MOST_KEYS));
    return json;
  }

  private List<Map<String, Object>> refused() {
    List<Map<String, Object>> reasons = new ArrayList<>();
    look.refused()
        .reasons()
        .forEach(
            each ->
                reasons.add(
                    Map.of("reason", each.name(), "rows", each.rows(), "first", each.first())));
    return reasons;
  }

  private List<Map<String, Object>> far() {
    List<Map<String, Object>> values = new ArrayList<>();
    for (Map.Entry<String, FarValues.Far> each : look.far().entrySet()) {
      Map<String, Object> value = new LinkedHashMap<>();
      value.put("feature", each.getKey());
      value.put("value", each.getValue().value());
      value.put("rows", each.getValue().rows());
      value.put("least", each.getValue().least());
      value.put("most", each.getValue().most());
      values.add(value);
    }
    return values;
  }

  private List<Map<String, Object>> series() {
    List<Map<String, Object>> series = new ArrayList<>();
    for (String key : look.keys().stream().limit(MOST_KEYS).toList()) {
      long[] times = look.times(key);
      Map<String, Object> of = new LinkedHashMap<>();
      of.put("key", key);
      of.put("rows", times.length);
      of.put("from", FileLook.instant(times[0]).toString());
      of.put("to", FileLook.instant(times[times.length - 1]).toString());
      of.putAll(parts(parts.of(key)));
      series.add(of);
    }
    return series;
  }

  private static Map<String, Object> parts(PartsLook.Rows rows) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("training", rows.training());
    parts.put("validation", rows.validation());
    parts.put("test", rows.test());
    return parts;
  }
}
