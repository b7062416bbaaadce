package dev.eddy.connectors.serde.avro;

import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.event.PredictionShape.Forecast;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Writes a field for each target, horizon and quantile of the schema; null for those that the model
 * version has not.
 */
final class FlatPrediction implements PredictionAvroWriter.Fields {
  private static final int NOWHERE = -1;

  private final List<String> names;

  // The shape of the last prediction, and where the value of each field is among its own.
  private @Nullable PredictionShape shape;
  private int[] places = {};

  FlatPrediction(String schema) {
    names =
        AvroSchemas.parse(List.of(schema)).getFields().stream()
            .map(Schema.Field::name)
            .skip(PredictionAvroSchema.COMMON)
            .toList();
  }

  @Override
  public void write(BinaryEncoder out, Prediction prediction) throws IOException {
    if (prediction.shape() != shape) {
      shape = prediction.shape();
      places = places(prediction.shape());
    }
    for (int place : places) {
      PredictionAvroWriter.writeNumber(
          out, place == NOWHERE ? Double.NaN : prediction.values()[place]);
    }
  }

  private int[] places(PredictionShape next) {
    Map<String, Integer> found = new HashMap<>();
    if (next instanceof Forecast forecast) {
      for (String target : forecast.targets()) {
        for (int horizon : forecast.horizons()) {
          for (double quantile : forecast.quantiles()) {
            String name =
                PredictionAvroSchema.flat(
                    forecast.targets().size() > 1 ? target : "", horizon, quantile);
            found.put(name, found.size());
          }
        }
      }
    }
    return names.stream().mapToInt(name -> found.getOrDefault(name, NOWHERE)).toArray();
  }
}
