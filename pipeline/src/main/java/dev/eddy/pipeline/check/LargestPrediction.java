package dev.eddy.pipeline.check;

import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.serde.json.PredictionJsonWriter;
import dev.eddy.model.settings.ModelSettings;
import dev.eddy.pipeline.deployment.Deployment;
import java.util.Arrays;

/** Measures the largest forecast that a deployment can write, by writing it. */
final class LargestPrediction {
  private static final float LONGEST_VALUE = -1.17549435E-38f; // no float takes more characters
  private static final long LATEST = 253402300799999L; // the end of the year 9999
  private static final long DAY = 86_400_000L;

  private LargestPrediction() {}

  /**
   * Its size in bytes, key included.
   *
   * @param keyLength characters of the longest key, a byte each
   */
  static int bytes(Deployment deployment, int keyLength) {
    ModelSettings model = deployment.model();
    PredictionShape shape =
        new PredictionShape.Forecast(
            deployment.name() + "@" + Integer.MAX_VALUE,
            deployment.input().target(),
            model.horizons(),
            model.quantiles(),
            deployment.input().interval().isPresent() ? DAY : 0);
    float[] values = new float[shape.size()];
    Arrays.fill(values, LONGEST_VALUE);
    String key = "k".repeat(keyLength);
    byte[] value =
        new PredictionJsonWriter(deployment.output())
            .write(
                new Prediction(
                    key,
                    LATEST - DAY * model.horizons().get(model.horizons().size() - 1),
                    Integer.MAX_VALUE,
                    Long.MAX_VALUE,
                    shape,
                    values));
    return value.length + keyLength;
  }
}
