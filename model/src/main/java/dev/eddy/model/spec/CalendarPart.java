package dev.eddy.model.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A cyclic part of the event time that enters the network as sine and cosine. */
public enum CalendarPart {
  HOUR_OF_DAY,
  DAY_OF_WEEK,
  DAY_OF_YEAR;

  /** The name as written in configuration, {@code hour-of-day}. */
  @JsonValue
  public String configName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads a configuration name. */
  @JsonCreator
  public static CalendarPart of(String configName) {
    for (CalendarPart part : values()) {
      if (part.configName().equals(configName)) {
        return part;
      }
    }
    throw new IllegalArgumentException(
        "calendar: "
            + configName
            + " (must be one of "
            + Arrays.stream(values())
                .map(CalendarPart::configName)
                .collect(Collectors.joining(", "))
            + ")");
  }
}
