package dev.eddy.pipeline.judge;

import dev.eddy.model.store.Provenance;
import dev.eddy.pipeline.history.RecordedHistory;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.OptionalLong;

/** Says in a version's provenance which data it has learned from, and reads it back. */
public final class TrainingData {
  private static final String TO = " to ";

  private TrainingData() {}

  public static String describe(RecordedHistory history) {
    return history.source()
        + ": "
        + history.observations()
        + " observations from "
        + Instant.ofEpochMilli(history.oldest())
        + TO
        + Instant.ofEpochMilli(history.newest());
  }

  /** Says of data that Eddy has not seen until when it is. */
  public static String until(String data, Instant newest) {
    return data + ", trained up" + TO + newest;
  }

  /** The newest event time of the data, epoch milliseconds; empty if Eddy did not write it. */
  public static OptionalLong newest(Provenance provenance) {
    String data = provenance.data();
    int to = data.lastIndexOf(TO);
    try {
      return to < 0
          ? OptionalLong.empty()
          : OptionalLong.of(Instant.parse(data.substring(to + TO.length())).toEpochMilli());
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }
}
