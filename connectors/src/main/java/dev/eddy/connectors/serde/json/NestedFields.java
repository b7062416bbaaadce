package dev.eddy.connectors.serde.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.event.PredictionShape.Classes;
import dev.eddy.connectors.event.PredictionShape.Forecast;
import java.io.IOException;
import java.util.List;

/** An object for each forecast, as {@link OutputSettings.Format#NESTED} says. */
final class NestedFields implements PredictionFields {
  private static final SerializableString FORECASTS = JsonOutput.name("forecasts");
  private static final SerializableString TARGET = JsonOutput.name("target");
  private static final SerializableString HORIZON = JsonOutput.name("horizon");
  private static final SerializableString TIME = JsonOutput.name("time");
  private static final SerializableString QUANTILES = JsonOutput.name("quantiles");
  private static final SerializableString LABEL = JsonOutput.name("label");
  private static final SerializableString PROBABILITIES = JsonOutput.name("probabilities");

  private final PredictionShape shape;
  private final JsonOutput output;
  private final List<SerializableString> names; // of quantiles, or of labels
  private final List<SerializableString> targets; // none where there is only one
  private final int[] horizons;
  private final boolean[] written; // [horizons]

  NestedFields(PredictionShape shape, OutputSettings settings, JsonOutput output) {
    this.shape = shape;
    this.output = output;
    if (shape instanceof Forecast forecast) {
      names =
          forecast.quantiles().stream()
              .map(quantile -> JsonOutput.name(PredictionShape.level(quantile)))
              .toList();
      targets =
          forecast.targets().size() > 1
              ? forecast.targets().stream().map(JsonOutput::name).toList()
              : List.of();
      horizons = forecast.horizons().stream().mapToInt(Integer::intValue).toArray();
    } else {
      names = ((Classes) shape).labels().stream().map(JsonOutput::name).toList();
      targets = List.of();
      horizons = new int[0];
    }
    written = new boolean[horizons.length];
    for (int horizon = 0; horizon < written.length; horizon++) {
      written[horizon] = settings.writes(horizons[horizon]);
    }
  }

  @Override
  public void write(JsonGenerator json, Prediction prediction) throws IOException {
    if (shape instanceof Forecast forecast) {
      json.writeFieldName(FORECASTS);
      json.writeStartArray();
      writeForecasts(json, prediction, forecast);
      json.writeEndArray();
    } else {
      PredictionFields.writeLabel(json, LABEL, prediction.values(), (Classes) shape);
      json.writeFieldName(PROBABILITIES);
      writeProbabilities(json, prediction.values());
    }
  }

  private void writeProbabilities(JsonGenerator json, double[] values) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < names.size(); i++) {
      PredictionFields.writeProbability(json, names.get(i), values[i]);
    }
    json.writeEndObject();
  }

  private void writeForecasts(JsonGenerator json, Prediction prediction, Forecast forecast)
      throws IOException {
    int at = 0;
    for (int target = 0; target < forecast.targets().size(); target++) {
      for (int horizon = 0; horizon < horizons.length; horizon++) {
        if (written[horizon]) {
          json.writeStartObject();
          if (!targets.isEmpty()) {
            json.writeFieldName(TARGET);
            json.writeString(targets.get(target));
          }
          json.writeFieldName(HORIZON);
          json.writeNumber(horizons[horizon]);
          writeTime(json, prediction.time(), horizons[horizon] * forecast.intervalMillis());
          json.writeFieldName(QUANTILES);
          writeValues(json, prediction.values(), at);
          json.writeEndObject();
        }
        at += names.size();
      }
    }
  }

  private void writeTime(JsonGenerator json, long origin, long ahead) throws IOException {
    if (ahead > 0 && IsoTime.inRange(origin + ahead)) {
      json.writeFieldName(TIME);
      output.writeTime(origin + ahead);
    }
  }

  private void writeValues(JsonGenerator json, double[] values, int at) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < names.size(); i++) {
      PredictionFields.writeNumber(json, names.get(i), values[at + i]);
    }
    json.writeEndObject();
  }
}
