package dev.eddy.connectors.serde;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.event.PredictionShape.Classes;
import dev.eddy.connectors.event.PredictionShape.Forecast;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes predictions: {@code key, time, model, partition, offset}, then {@code forecasts:
 * [{target, horizon, time, quantiles: {"0.1": …}}]} or {@code label} and {@code probabilities:
 * {…}}. A forecast's {@code target} is left out where there is only one, its {@code time} where
 * horizons count observations. Thread confined.
 */
public final class PredictionJsonWriter {
  private static final SerializableString KEY = JsonOutput.name("key");
  private static final SerializableString TIME = JsonOutput.name("time");
  private static final SerializableString MODEL = JsonOutput.name("model");
  private static final SerializableString PARTITION = JsonOutput.name("partition");
  private static final SerializableString OFFSET = JsonOutput.name("offset");
  private static final SerializableString FORECASTS = JsonOutput.name("forecasts");
  private static final SerializableString TARGET = JsonOutput.name("target");
  private static final SerializableString HORIZON = JsonOutput.name("horizon");
  private static final SerializableString QUANTILES = JsonOutput.name("quantiles");
  private static final SerializableString LABEL = JsonOutput.name("label");
  private static final SerializableString PROBABILITIES = JsonOutput.name("probabilities");

  private final JsonOutput output = new JsonOutput();

  // The shape of the last prediction and the names of its values, already quoted and escaped.
  private @Nullable PredictionShape shape;
  private List<SerializableString> names = List.of();
  private List<SerializableString> targets = List.of(); // none where there is only one

  /** The prediction's record value. */
  public byte[] write(Prediction prediction) {
    if (prediction.values().length != prediction.shape().size()) {
      throw new IllegalArgumentException(
          "values: " + prediction.values().length + " (must be " + prediction.shape().size() + ")");
    }
    return output.write(this::writeBody, prediction);
  }

  private void writeBody(JsonGenerator json, Prediction prediction) throws IOException {
    takeNames(prediction.shape());
    json.writeStartObject();
    json.writeFieldName(KEY);
    json.writeString(prediction.key());
    json.writeFieldName(TIME);
    output.writeTime(prediction.time());
    json.writeFieldName(MODEL);
    json.writeString(prediction.shape().model());
    json.writeFieldName(PARTITION);
    json.writeNumber(prediction.partition());
    json.writeFieldName(OFFSET);
    json.writeNumber(prediction.offset());
    if (prediction.shape() instanceof Forecast forecast) {
      writeForecasts(json, prediction, forecast);
    } else {
      writeClasses(json, prediction, (Classes) prediction.shape());
    }
    json.writeEndObject();
  }

  private void takeNames(PredictionShape next) {
    if (next == shape) {
      return;
    }
    shape = next;
    targets = List.of();
    if (next instanceof Forecast forecast) {
      names = forecast.quantiles().stream().map(q -> JsonOutput.name(q.toString())).toList();
      if (forecast.targets().size() > 1) {
        targets = forecast.targets().stream().map(JsonOutput::name).toList();
      }
    } else {
      names = ((Classes) next).labels().stream().map(JsonOutput::name).toList();
    }
  }

  private void writeForecasts(JsonGenerator json, Prediction prediction, Forecast forecast)
      throws IOException {
    json.writeFieldName(FORECASTS);
    json.writeStartArray();
    int at = 0;
    for (int target = 0; target < forecast.targets().size(); target++) {
      for (int horizon : forecast.horizons()) {
        json.writeStartObject();
        if (!targets.isEmpty()) {
          json.writeFieldName(TARGET);
          json.writeString(targets.get(target));
        }
        json.writeFieldName(HORIZON);
        json.writeNumber(horizon);
        long time = prediction.time() + horizon * forecast.intervalMillis();
        if (forecast.intervalMillis() > 0 && IsoTime.inRange(time)) {
          json.writeFieldName(TIME);
          output.writeTime(time);
        }
        json.writeFieldName(QUANTILES);
        at = writeValues(json, prediction.values(), at);
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private void writeClasses(JsonGenerator json, Prediction prediction, Classes classes)
      throws IOException {
    float[] values = prediction.values();
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    json.writeFieldName(LABEL);
    json.writeString(classes.labels().get(best));
    json.writeFieldName(PROBABILITIES);
    writeValues(json, values, 0);
  }

  // One number for each name, from values[at] on; a number that is not finite becomes null.
  private int writeValues(JsonGenerator json, float[] values, int at) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < names.size(); i++) {
      json.writeFieldName(names.get(i));
      float value = values[at + i];
      if (Float.isFinite(value)) {
        json.writeNumber(value);
      } else {
        json.writeNull();
      }
    }
    json.writeEndObject();
    return at + names.size();
  }
}
