package dev.eddy.model.encoding;

/**
 * Encodes the time since the key's last observation as the logarithm of its ratio to the typical
 * gap, clipped to ±5; 0 for the typical gap and for a key's first observation. Also counts the
 * key's observations and keeps the times of its first and last. Confined to one thread.
 */
final class GapEncoder {
  static final int INPUTS = 1;

  /** Keeps the logarithm of a gap of 0 finite, as a share of the typical gap. */
  private static final double FLOOR = 0.01;

  private final double typicalGap; // ms
  private double lastGap = Double.NaN; // neighbours in a stream mostly have the same gap
  private float lastInput;

  GapEncoder(long typicalGapMillis) {
    this.typicalGap = typicalGapMillis;
  }

  /** Takes in an observation's time, and gives the input that stands for it. */
  float encode(long time, double[] statistics) {
    boolean first = statistics[MemoryLayout.OBSERVATIONS] == 0;
    double last = first ? time : statistics[MemoryLayout.LAST_TIME];
    count(time, statistics);
    return first ? 0 : input(Math.max(time - last, 0));
  }

  /** Counts an observation without encoding it. */
  static void count(long time, double[] statistics) {
    if (statistics[MemoryLayout.OBSERVATIONS]++ == 0) {
      statistics[MemoryLayout.FIRST_TIME] = time;
    }
    statistics[MemoryLayout.LAST_TIME] = time;
  }

  private float input(double gap) {
    if (gap != lastGap) {
      lastGap = gap;
      double ratio = (gap / typicalGap + FLOOR) / (1 + FLOOR);
      lastInput = NumericEncoder.clip(StrictMath.log(ratio));
    }
    return lastInput;
  }
}
