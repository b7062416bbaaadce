package dev.eddy.connectors.serde.avro;

import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.event.PredictionShape.Classes;
import dev.eddy.connectors.event.PredictionShape.Forecast;
import dev.eddy.connectors.serde.json.IsoTime;
import dev.eddy.connectors.serde.json.OutputSettings;
import java.io.IOException;
import java.util.List;
import org.apache.avro.io.BinaryEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code forecasts} and {@code label} with {@code probabilities}, of which one is empty, as
 * {@link PredictionAvroSchema} has them nested.
 */
final class NestedPrediction implements PredictionAvroWriter.Fields {
  private final OutputSettings output;

  // The shape of the last forecast; its quantiles, and how many of its horizons are written.
  private @Nullable PredictionShape shape;
  private List<String> levels = List.of();
  private long written;

  NestedPrediction(OutputSettings output) {
    this.output = output;
  }

  @Override
  public void write(BinaryEncoder out, Prediction prediction) throws IOException {
    if (prediction.shape() instanceof Forecast forecast) {
      writeForecasts(out, prediction, forecast);
      PredictionAvroWriter.writeNull(out);
      out.writeMapStart();
      out.setItemCount(0);
      out.writeMapEnd();
    } else if (prediction.shape() instanceof Classes classes) {
      out.writeArrayStart();
      out.setItemCount(0);
      out.writeArrayEnd();
      out.writeIndex(1);
      out.writeString(classes.best(prediction.values()));
      writeMap(out, classes.labels(), prediction.values(), 0);
    }
  }

  private void writeForecasts(BinaryEncoder out, Prediction prediction, Forecast forecast)
      throws IOException {
    List<Integer> horizons = forecast.horizons();
    if (forecast != shape) {
      shape = forecast;
      levels = forecast.quantiles().stream().map(PredictionShape::level).toList();
      written = horizons.stream().filter(output::writes).count();
    }
    out.writeArrayStart();
    out.setItemCount(written * forecast.targets().size());
    int at = 0;
    for (String target : forecast.targets()) {
      for (int horizon : horizons) {
        if (output.writes(horizon)) {
          out.startItem();
          out.writeString(target);
          out.writeInt(horizon);
          writeTime(out, prediction.time(), horizon * forecast.intervalMillis());
          writeMap(out, levels, prediction.values(), at);
        }
        at += levels.size();
      }
    }
    out.writeArrayEnd();
  }

  private static void writeTime(BinaryEncoder out, long origin, long ahead) throws IOException {
    boolean known = ahead > 0 && IsoTime.inRange(origin + ahead);
    out.writeIndex(known ? 1 : 0);
    if (known) {
      out.writeLong(origin + ahead);
    }
  }

  private static void writeMap(BinaryEncoder out, List<String> names, double[] values, int at)
      throws IOException {
    out.writeMapStart();
    out.setItemCount(names.size());
    for (int i = 0; i < names.size(); i++) {
      out.startItem();
      out.writeString(names.get(i));
      PredictionAvroWriter.writeNumber(out, values[at + i]);
    }
    out.writeMapEnd();
  }
}
