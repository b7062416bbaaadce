package dev.eddy.connectors.serde.value;

import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the short names of zones in date patterns as the offsets they stand for: EST is five hours
 * behind in summer, too, where Java takes it for New York's clock.
 */
public final class ZoneNames {
  private static final List<Map<Long, String>> OFFSETS = new ArrayList<>();

  static {
    offsets("EST -5", "CST -6", "MST -7", "PST -8", "AKST -9", "HST -10", "CET 1", "EET 2");
    offsets("EDT -4", "CDT -5", "MDT -6", "PDT -7", "AKDT -8", "CEST 2", "EEST 3");
    offsets("MEZ 1", "MESZ 2", "WET 0", "MSK 3", "JST 9", "AEST 10", "AEDT 11", "NZST 12");
    offsets("WEST 1", "SAST 2", "KST 9", "AWST 8", "NZDT 13");
  }

  private ZoneNames() {}

  private static void offsets(String... names) {
    Map<Long, String> texts = new LinkedHashMap<>();
    for (String each : names) {
      String[] parts = each.split(" ", -1);
      texts.put(3600 * Long.parseLong(parts[1]), parts[0]);
    }
    OFFSETS.add(texts);
  }

  /** Appends a pattern whose letters {@code z} are such names, or others that Java knows. */
  public static DateTimeFormatterBuilder append(DateTimeFormatterBuilder builder, String pattern) {
    boolean quoted = false;
    int from = 0;
    for (int at = 0; at < pattern.length(); at++) {
      quoted ^= pattern.charAt(at) == '\'';
      if (pattern.charAt(at) == 'z' && !quoted) {
        int end = at;
        while (end < pattern.length() && pattern.charAt(end) == 'z') {
          end++;
        }
        builder.appendPattern(pattern.substring(from, at));
        OFFSETS.forEach(texts -> name(builder, texts));
        builder.optionalStart().appendPattern(pattern.substring(at, end)).optionalEnd();
        from = end;
        at = end - 1;
      }
    }
    return builder.appendPattern(pattern.substring(from));
  }

  private static void name(DateTimeFormatterBuilder builder, Map<Long, String> texts) {
    builder.optionalStart().appendText(ChronoField.OFFSET_SECONDS, texts).optionalEnd();
  }
}
