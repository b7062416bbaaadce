package dev.eddy.pipeline.deployment;

import dev.eddy.connectors.event.EpochUnit;
import dev.eddy.settings.Block;
import dev.eddy.settings.Setting;
import dev.eddy.settings.Settings;
import dev.eddy.settings.UserMistake;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** How the records of the observations topic write times; ISO-8601 with a zone is always read. */
@Block(value = "input.time", inShort = "unit")
public record RecordTimeSettings(
    @Setting(
            about =
                "of a number that is a time, since 1970; `auto` is milliseconds, and refuses what"
                    + " looks like another unit",
            byDefault = "auto")
        Optional<EpochUnit> unit,
    @Setting(
            about = "a date pattern such as `yyyy-MM-dd HH:mm:ss` for times in text",
            byDefault = "none")
        Optional<String> format,
    @Setting(about = "of times in `format` that name none; `Z` is UTC", byDefault = "Z")
        ZoneId zone) {

  public RecordTimeSettings {
    Settings.check(RecordTimeSettings.class, unit, format, zone);
    format.ifPresent(RecordTimeSettings::requirePattern);
  }

  private static void requirePattern(String pattern) {
    try {
      var unused = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    } catch (IllegalArgumentException e) {
      throw new UserMistake(
          "input.time.format: " + pattern + " (must be a date pattern: " + e.getMessage() + ")", e);
    }
  }
}
