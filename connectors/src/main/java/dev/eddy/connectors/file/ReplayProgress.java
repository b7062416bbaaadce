package dev.eddy.connectors.file;

/**
 * How far a replay has come.
 *
 * @param sent observations sent
 * @param refused rows that did not parse
 * @param fraction part of the files read, 0 to 1; with {@code sort} it is 1 from the start
 */
public record ReplayProgress(long sent, RefusedRows refused, double fraction) {
  /** How many rows did not parse. */
  public long skipped() {
    return refused.total();
  }
}
