package dev.eddy.connectors.kafka.sink;

import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.serde.avro.PredictionEncoder;
import dev.eddy.connectors.serde.avro.PredictionFormat;
import java.time.Instant;
import java.util.Arrays;

/** How large the record of a prediction can become, to be held against a {@link RecordLimit}. */
public final class LargestPrediction {
  private static final long LATEST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

  // Of a key: three bytes of UTF-8 as Kafka key, and up to six in JSON, in Avro three.
  private static final int A_CHARACTER = 9;
  private static final int FRAME = 5; // before the record, where a registry has its schema

  private LargestPrediction() {}

  /**
   * Bytes of the record's key and value, at most.
   *
   * @param format what of a prediction is written, and how
   * @param shape the predictions of a model version
   * @param keyLength characters of the longest key
   */
  public static int bytes(PredictionFormat format, PredictionShape shape, int keyLength) {
    double[] values = new double[shape.size()];
    boolean forecast = shape instanceof PredictionShape.Forecast;
    // No other double, or float, which probabilities are, has more digits.
    Arrays.fill(values, forecast ? -Double.MIN_NORMAL : -Float.MIN_NORMAL);
    Prediction largest =
        new Prediction("", LATEST, Integer.MAX_VALUE, Long.MAX_VALUE, shape, values);
    PredictionEncoder encoder = PredictionEncoder.of(format.unregistered());
    int frame = format.registry() == null ? 0 : FRAME;
    return A_CHARACTER * keyLength + encoder.write(largest).length + frame;
  }
}
