package dev.eddy.connectors.file.settings;

import java.util.List;
import java.util.Optional;

/**
 * How a row of layout {@code wide} becomes one observation of each key. A cell that means missing
 * yields none.
 *
 * @param value the feature that the cells are values of
 * @param keys the columns that are keys, as in the file; default all but those of {@code key},
 *     {@code time}, {@code keep} and the other features
 * @param keep columns that every observation of the row carries as well
 * @param variable the categorical feature that holds the name of the cell's column, so that the
 *     model can tell temperatures from pressures; default none
 */
public record WideSettings(
    String value, List<String> keys, List<String> keep, Optional<String> variable) {
  public WideSettings {
    keys = List.copyOf(keys);
    keep = List.copyOf(keep);
  }

  /** All columns but the time's are keys. */
  public static WideSettings of(String value) {
    return new WideSettings(value, List.of(), List.of(), Optional.empty());
  }
}
