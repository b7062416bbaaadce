package dev.eddy.pipeline.deployment;

import dev.eddy.connectors.event.KeyCoding;
import dev.eddy.connectors.event.KeySource;
import dev.eddy.settings.Block;
import dev.eddy.settings.Setting;
import dev.eddy.settings.Settings;

/** Where the records of the observations topic name their series, and how. */
@Block(value = "input.key", inShort = "from")
public record RecordKeySettings(
    @Setting(
            about =
                "`value` is the field `key`, `kafka` the Kafka key; `either` takes the one that is"
                    + " there, and where both are they must be equal",
            byDefault = "either")
        KeySource from,
    @Setting(
            about =
                "how a Kafka key is written: text, a whole number in 4 or in 8 bytes, or a UUID in"
                    + " 16 bytes or 36 characters",
            byDefault = "utf8")
        KeyCoding decode) {

  public RecordKeySettings {
    Settings.check(RecordKeySettings.class, from, decode);
  }
}
