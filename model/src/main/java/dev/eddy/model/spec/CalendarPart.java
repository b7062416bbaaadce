package dev.eddy.model.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.eddy.settings.Words;

/** A cyclic part of the event time that enters the network as sine and cosine. */
public enum CalendarPart {
  HOUR_OF_DAY,
  DAY_OF_WEEK,
  DAY_OF_YEAR;

  /** The name as written in configuration, {@code hour-of-day}. */
  @JsonValue
  public String configName() {
    return Words.of(this);
  }

  /** Reads a configuration name. */
  @JsonCreator
  public static CalendarPart of(String configName) {
    return Words.read(CalendarPart.class, "calendar", configName);
  }
}
