package dev.eddy.connectors.kafka;

import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.serde.json.OutputSettings;
import dev.eddy.connectors.serde.json.PredictionJsonWriter;
import java.time.Instant;
import java.util.Arrays;

/** How large the record of a prediction can become, to be held against a {@link RecordLimit}. */
public final class LargestPrediction {
  private static final long LATEST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  private LargestPrediction() {}

  /**
   * Bytes of the record's key and value, at most.
   *
   * @param output what of a prediction is written, and how
   * @param shape the predictions of a model version
   * @param keyLength characters of the longest key
   */
  public static int bytes(OutputSettings output, PredictionShape shape, int keyLength) {
    double[] values = new double[shape.size()];
    boolean forecast = shape instanceof PredictionShape.Forecast;
    // No other double, or float, which probabilities are, has more digits.
    Arrays.fill(values, forecast ? -Double.MIN_NORMAL : -Float.MIN_NORMAL);
    String key = "\u0001".repeat(keyLength); // six characters of JSON each
    Prediction largest =
        new Prediction(key, LATEST, Integer.MAX_VALUE, Long.MAX_VALUE, shape, values);
    return 3 * keyLength + new PredictionJsonWriter(output).write(largest).length;
  }
}
