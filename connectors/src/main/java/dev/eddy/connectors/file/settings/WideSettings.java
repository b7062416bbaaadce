package dev.eddy.connectors.file.settings;

import dev.eddy.settings.Block;
import dev.eddy.settings.Setting;
import dev.eddy.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a row of layout {@code wide} becomes one observation of each key. A cell that means missing
 * yields none.
 */
@Block(value = "replay.wide", inShort = "value")
public record WideSettings(
    @Setting(about = "the feature that the cells are values of") String value,
    @Setting(
            about =
                "the columns that are keys, as in the file; `[]` for all but those of `key`,"
                    + " `time`, `keep` and the other features",
            byDefault = "[]")
        List<String> keys,
    @Setting(about = "columns that every observation of the row carries as well", byDefault = "[]")
        List<String> keep,
    @Setting(
            about =
                "the categorical feature that holds the name of the cell's column, so that the"
                    + " model can tell temperatures from pressures",
            byDefault = "none")
        Optional<String> variable) {
  public WideSettings {
    keys = List.copyOf(keys);
    keep = List.copyOf(keep);
  }

  /** All columns but the time's are keys. */
  public static WideSettings of(String value) {
    return Settings.of(WideSettings.class, Map.of("value", value));
  }
}
