package dev.eddy.pipeline.evaluation.pending;

/** Keeps the current key's forecasts that wait, each as it was written. */
interface PendingForecasts {
  /**
   * A forecast: its origin's clock, the last actual of each target, then its values.
   *
   * @param place of the forecast
   */
  byte[] get(long place) throws Exception;

  void put(long place, byte[] forecast) throws Exception;

  void remove(long place) throws Exception;
}
