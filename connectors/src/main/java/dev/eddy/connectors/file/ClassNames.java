package dev.eddy.connectors.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says which classes there are, and which of them may be one spelt in several ways. */
public final class ClassNames {
  private static final int MOST_SHOWN = 20;
  private static final Map<String, String> MEANINGS =
      Map.of(
          "true", "1", "yes", "1", "on", "1", "ja", "1", "false", "0", "no", "0", "off", "0",
          "nein", "0", "t", "1", "f", "0");

  private ClassNames() {}

  /**
   * Lines for a user.
   *
   * @param label the name of the field
   * @param counts rows of each class
   * @param rows in all, with or without a label
   */
  public static List<String> lines(String label, Map<String, Integer> counts, long rows) {
    List<String> lines = new ArrayList<>();
    long labelled = counts.values().stream().mapToLong(Integer::longValue).sum();
    StringBuilder line = new StringBuilder(label + ": " + counts.size() + " classes: ");
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(MOST_SHOWN)
        .forEach(
            each -> line.append(each.getKey()).append(' ').append(each.getValue()).append(", "));
    line.setLength(line.length() - 2);
    lines.add(
        line
            + (labelled < rows
                ? "; " + (rows - labelled) + " of " + rows + " rows have none"
                : ""));
    alike(counts).forEach(names -> lines.add(mapping(label, names)));
    return lines;
  }

  private static String mapping(String label, List<String> names) {
    StringBuilder all = new StringBuilder("{");
    names.forEach(
        name -> all.append('"').append(name).append("\": \"").append(names.get(0)).append("\", "));
    all.setLength(all.length() - 2);
    return label
        + ": "
        + String.join(", ", names)
        + " look like one class (replay.labels makes them one: "
        + all
        + "})";
  }

  /** Names that differ by capitals, blanks, marks or the way a number is written. */
  static List<List<String>> alike(Map<String, Integer> counts) {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(
            each ->
                groups
                    .computeIfAbsent(plain(each.getKey()), key -> new ArrayList<>())
                    .add(each.getKey()));
    return groups.values().stream().filter(names -> names.size() > 1).toList();
  }

  private static String plain(String name) {
    String text = name.toLowerCase(Locale.ROOT).strip();
    if (text.matches("[+-]?\\d+([.,]0*)?")) {
      return text.replaceFirst("[.,]0*$", "").replaceFirst("^[+]?0+(?=\\d)", "");
    }
    String letters = text.replaceAll("[\\s_./-]+", "");
    return MEANINGS.getOrDefault(letters, letters);
  }
}
