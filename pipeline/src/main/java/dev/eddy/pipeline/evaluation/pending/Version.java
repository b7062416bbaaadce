package dev.eddy.pipeline.evaluation.pending;

import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.event.PredictionShape.Classes;
import dev.eddy.connectors.event.PredictionShape.Forecast;
import dev.eddy.pipeline.evaluation.window.Scored;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What scores the predictions of a version.
 *
 * @param number by which keys' lanes name it
 * @param shape of its predictions
 * @param forecasts where it forecasts
 * @param classes where it tells classes apart
 * @param serving whose scores its are where it serves
 * @param shadowing whose they are where it does so in the shadow of another
 */
record Version(
    long number,
    PredictionShape shape,
    @Nullable ForecastScorer forecasts,
    @Nullable ClassScorer classes,
    Scored serving,
    Scored shadowing) {
  private static final long FNV_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  static Version of(PredictionShape shape, List<String> targets) {
    boolean forecasts = shape instanceof Forecast;
    return new Version(
        number(shape),
        shape,
        forecasts ? new ForecastScorer((Forecast) shape, targets) : null,
        forecasts ? null : new ClassScorer((Classes) shape),
        new Scored(shape, false),
        new Scored(shape, true));
  }

  Scored scored(boolean shadow) {
    return shadow ? shadowing : serving;
  }

  /** Of a version that has lanes: it forecasts. */
  ForecastScorer scorer() {
    if (forecasts == null) {
      throw new IllegalStateException(shape.model() + ": classes (must forecast)");
    }
    return forecasts;
  }

  /** Of all that a shape says (FNV-1a); the same in every process. */
  private static long number(PredictionShape shape) {
    long hash = FNV_BASIS;
    for (byte each : shape.toString().getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xff)) * FNV_PRIME;
    }
    return hash;
  }
}
