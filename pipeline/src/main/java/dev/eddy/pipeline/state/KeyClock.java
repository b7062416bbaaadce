package dev.eddy.pipeline.state;

import dev.eddy.connectors.event.Observation;

/**
 * Keeps one key's place in event time, and judges by it which of the key's observations come in
 * order; the same in the stream and offline, because it asks the records alone.
 *
 * <p>A record from the future, of a clock that was wrong, would make late ones of all that follow.
 * So a key's clock is set back where {@value #IN_A_ROW} observations in a row are older than its
 * last one, not older than each other, and agree with their Kafka timestamps: each lies within
 * {@code input.max-ahead} of its own, which lies before the key's last time. The last of them is
 * taken, and the key goes on from it; those before it were late and stay so. Records that were
 * written after the key's last time are no witnesses against it: they are late themselves, a
 * producer that sends again what it had sent. Where times are ahead of Kafka's, because intervals
 * are named by their ends, one that sends again within that lead is not told apart.
 */
public final class KeyClock {
  /** How many late observations set a clock back. */
  static final int IN_A_ROW = 3;

  /** What an observation is to its key. */
  public enum Verdict {
    /** No older than the key's last one. */
    IN_ORDER,
    /** Older, and not taken. */
    LATE,
    /** Older, and taken: the key's clock was wrong. */
    SET_BACK
  }

  private long lastTime;
  private int late; // observations in a row that would set the clock back, fewer than IN_A_ROW
  private long lateTime; // of the last of these

  /** The clock of a key without observations. */
  public KeyClock() {
    start();
  }

  /** Begins as that of a key without observations. */
  public void start() {
    lastTime = Long.MIN_VALUE;
    late = 0;
    lateTime = 0;
  }

  /** Begins as it was stored. */
  public void start(StoredKeyState stored) {
    lastTime = stored.lastTime();
    late = stored.late();
    lateTime = stored.lateTime();
  }

  /** Event time of the last observation that was taken; {@link Long#MIN_VALUE} before one. */
  public long lastTime() {
    return lastTime;
  }

  /** How many late observations in a row would set the clock back, so far. */
  public int late() {
    return late;
  }

  /** Event time of the last of these. */
  public long lateTime() {
    return lateTime;
  }

  /** Judges the key's next observation, and goes on to it unless it is late. */
  public Verdict judge(Observation observation, long maxAheadMillis) {
    return judge(observation.time(), observation.recordTime(), maxAheadMillis);
  }

  /**
   * Judges the key's next observation, and goes on to it unless it is late.
   *
   * @param recordTime its record's Kafka timestamp; {@link Observation#NO_RECORD_TIME} for none
   */
  public Verdict judge(long time, long recordTime, long maxAheadMillis) {
    if (time >= lastTime) {
      goOn(time);
      return Verdict.IN_ORDER;
    }
    boolean agrees =
        recordTime != Observation.NO_RECORD_TIME
            && recordTime < lastTime
            && Math.abs(time - recordTime) <= maxAheadMillis;
    boolean follows = late > 0 && time >= lateTime;
    late = !agrees ? 0 : follows ? late + 1 : 1;
    lateTime = agrees ? time : 0;
    if (late < IN_A_ROW) {
      return Verdict.LATE;
    }
    goOn(time);
    return Verdict.SET_BACK;
  }

  private void goOn(long time) {
    lastTime = time;
    late = 0;
    lateTime = 0;
  }
}
