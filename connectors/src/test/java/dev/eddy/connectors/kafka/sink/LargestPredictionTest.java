package dev.eddy.connectors.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.serde.avro.PredictionFormat;
import dev.eddy.connectors.serde.json.OutputSettings;
import dev.eddy.connectors.serde.json.PredictionJsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** No prediction is larger than the largest, and the largest is not far from it. */
class LargestPredictionTest {
  private static final PredictionShape SHAPE =
      new PredictionShape.Forecast(
          "weather@7", List.of("load"), List.of(1, 24), List.of(0.1, 0.5, 0.9), 3_600_000);
  private static final int KEY = 20;

  @Test
  void bounds_every_prediction() {
    OutputSettings output = OutputSettings.defaults();
    int most = LargestPrediction.bytes(PredictionFormat.json(output), SHAPE, KEY);
    PredictionJsonWriter writer = new PredictionJsonWriter(output);
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      double[] values = new double[SHAPE.size()];
      for (int v = 0; v < values.length; v++) {
        double any = Double.longBitsToDouble(random.nextLong());
        values[v] = Double.isFinite(any) ? any : 0;
      }
      String key = "\u20ac\u0007\"".repeat(KEY).substring(0, KEY);
      Prediction prediction =
          new Prediction(key, random.nextInt(), i, random.nextLong() >>> 1, SHAPE, values);
      int bytes = key.getBytes(StandardCharsets.UTF_8).length + writer.write(prediction).length;
      assertThat(bytes).isBetween(most / 2, most);
    }
  }
}
