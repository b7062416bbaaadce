package dev.eddy.pipeline.waiting;

import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;

/**
 * Tells times of records from the future, by which no later record of their key is to be judged.
 */
public final class Ahead {
  private Ahead() {}

  /**
   * Whether a time of a key had not come yet when its next record was written.
   *
   * @param next the key's next event; of one without a Kafka timestamp nothing is known
   * @param withinMillis how far ahead a time may lie all the same
   */
  public static boolean isAhead(long time, KeyedEvent next, long withinMillis) {
    return next instanceof Observation of
        && of.recordTime() != Observation.NO_RECORD_TIME
        && time > Math.max(of.recordTime(), of.time()) + withinMillis;
  }
}
