package dev.eddy.model.history;

/** The order of a key's observations in a history. */
public enum HistoryOrder {
  /** By event time, as training reads them: what came late is where it belongs. */
  EVENT_TIME,
  /** As they arrived, as the stream steps them: what came late is still late. */
  ARRIVAL
}
