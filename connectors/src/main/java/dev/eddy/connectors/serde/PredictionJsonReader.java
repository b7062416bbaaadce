package dev.eddy.connectors.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.event.PredictionShape.Classes;
import dev.eddy.connectors.event.PredictionShape.Forecast;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decodes what {@link PredictionJsonWriter} wrote, for scoring, demos and tests; it builds a tree
 * per record, so keep it off the hot path. The only target of a forecast, which is not written,
 * reads as the empty name. Predictions of one shape share it. Thread confined.
 */
public final class PredictionJsonReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private @Nullable PredictionShape last;

  /**
   * The prediction of a record value.
   *
   * @throws IllegalArgumentException if the bytes are no prediction
   */
  public Prediction read(byte[] value) {
    JsonNode root = tree(value);
    long time = time(root);
    float[] values =
        root.has("forecasts") ? forecastValues(root.get("forecasts")) : classValues(root);
    PredictionShape shape = root.has("forecasts") ? forecast(root, time) : classes(root);
    if (last == null || !last.equals(shape)) {
      last = shape;
    }
    return new Prediction(
        required(root, "key").asText(),
        time,
        required(root, "partition").asInt(),
        required(root, "offset").asLong(),
        last,
        values);
  }

  private static JsonNode tree(byte[] value) {
    try {
      return JSON.readTree(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("prediction: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("prediction: " + e.getMessage(), e);
    }
  }

  private static Forecast forecast(JsonNode root, long time) {
    Set<String> targets = new LinkedHashSet<>();
    Set<Integer> horizons = new LinkedHashSet<>();
    List<Double> quantiles = new ArrayList<>();
    long interval = 0;
    for (JsonNode each : root.get("forecasts")) {
      int horizon = required(each, "horizon").asInt();
      if (each.has("time")) {
        interval = (time(each) - time) / horizon;
      }
      if (horizons.isEmpty()) {
        required(each, "quantiles").fieldNames().forEachRemaining(q -> quantiles.add(level(q)));
      }
      targets.add(each.path("target").asText(""));
      horizons.add(horizon);
    }
    return new Forecast(
        required(root, "model").asText(),
        List.copyOf(targets),
        List.copyOf(horizons),
        quantiles,
        interval);
  }

  private static Classes classes(JsonNode root) {
    List<String> labels = new ArrayList<>();
    required(root, "probabilities").fieldNames().forEachRemaining(labels::add);
    return new Classes(required(root, "model").asText(), labels);
  }

  private static float[] forecastValues(JsonNode forecasts) {
    List<Float> values = new ArrayList<>();
    for (JsonNode each : forecasts) {
      addValues(required(each, "quantiles"), values);
    }
    return array(values);
  }

  private static float[] classValues(JsonNode root) {
    List<Float> values = new ArrayList<>();
    addValues(required(root, "probabilities"), values);
    return array(values);
  }

  private static void addValues(JsonNode object, List<Float> values) {
    for (JsonNode value : object) {
      values.add(value.isNull() ? Float.NaN : Float.parseFloat(value.asText()));
    }
  }

  private static float[] array(List<Float> values) {
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }

  private static long time(JsonNode node) {
    String text = required(node, "time").asText();
    long millis = IsoTime.parse(text);
    if (millis == IsoTime.INVALID) {
      throw new IllegalArgumentException("prediction: time: " + text + " (expected ISO-8601)");
    }
    return millis;
  }

  private static double level(String name) {
    try {
      return Double.parseDouble(name);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "prediction: quantiles: " + name + " (expected a level such as 0.5)", e);
    }
  }

  private static JsonNode required(JsonNode node, String name) {
    JsonNode found = node.get(name);
    if (found == null) {
      throw new IllegalArgumentException("prediction: no " + name + " in " + node);
    }
    return found;
  }
}
