package dev.eddy.connectors.event;

/**
 * What a model version says after one observation.
 *
 * @param key the series key
 * @param time event time of the observation, epoch milliseconds
 * @param partition partition of the observation
 * @param offset offset of the observation; with {@code partition} it identifies a repeat
 * @param shape what {@code values} mean; shared by all predictions of a model version
 * @param values [targets * horizons * quantiles] or [labels], by {@code shape}; owned by the
 *     prediction
 */
public record Prediction(
    String key, long time, int partition, long offset, PredictionShape shape, double[] values) {}
