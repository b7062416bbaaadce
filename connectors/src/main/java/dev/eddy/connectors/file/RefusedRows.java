package dev.eddy.connectors.file;

import dev.eddy.connectors.file.row.RowException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows that did not parse, counted by what is wrong with them, with the first of each.
 *
 * @param reasons in the order in which they were met
 */
public record RefusedRows(List<Reason> reasons) {
  /**
   * Rows with one fault.
   *
   * @param name the fault in a few words
   * @param rows how many
   * @param first the first one's file, line, cell and what it must be
   */
  public record Reason(String name, long rows, String first) {}

  public RefusedRows {
    reasons = List.copyOf(reasons);
  }

  /** How many rows in all. */
  public long total() {
    return reasons.stream().mapToLong(Reason::rows).sum();
  }

  /** A line for each fault. */
  public List<String> lines() {
    return reasons.stream()
        .map(each -> each.name + ": " + each.rows + ", first " + each.first)
        .toList();
  }

  /** Counts rows as they are met. */
  static final class Count {
    private final Map<String, Reason> reasons = new LinkedHashMap<>();

    void add(RowException refused) {
      String name = refused.reason();
      Reason before = reasons.get(name);
      reasons.put(
          name,
          before == null
              ? new Reason(name, 1, String.valueOf(refused.getMessage()))
              : new Reason(name, before.rows + 1, before.first));
    }

    RefusedRows rows() {
      return new RefusedRows(new ArrayList<>(reasons.values()));
    }
  }
}
