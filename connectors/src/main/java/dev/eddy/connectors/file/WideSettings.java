package dev.eddy.connectors.file;

import java.util.List;

/**
 * How a row of layout {@code wide} becomes one observation of each key. A cell that means missing
 * yields none.
 *
 * @param value the feature that the cells are values of
 * @param keys the columns that are keys, as in the file; default all but those of {@code time} and
 *     {@code keep}
 * @param keep columns that every observation of the row carries as well
 */
public record WideSettings(String value, List<String> keys, List<String> keep) {
  public WideSettings {
    keys = List.copyOf(keys);
    keep = List.copyOf(keep);
  }

  /** All columns but the time's are keys. */
  public static WideSettings of(String value) {
    return new WideSettings(value, List.of(), List.of());
  }
}
