package dev.eddy.connectors.serde.json;

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
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decodes what {@link PredictionJsonWriter} wrote in either format, for scoring, demos and tests;
 * it builds a tree per record, so keep it off the hot path. The only target of a forecast, which is
 * not written, reads as the empty name; a flat record has no interval. Predictions of one shape
 * share it. Thread confined.
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
    String model = required(root, "model").asText();
    long time = time(root);
    Values values = new Values();
    PredictionShape shape;
    if (root.has("forecasts")) {
      shape = nestedForecast(model, time, root.get("forecasts"), values);
    } else if (root.has("probabilities")) {
      shape = nestedClasses(model, root.get("probabilities"), values);
    } else {
      shape = root.has("label") ? flatClasses(model, root, values) : flat(model, root, values);
    }
    if (last == null || !last.equals(shape)) {
      last = shape;
    }
    return new Prediction(
        required(root, "key").asText(),
        time,
        required(root, "partition").asInt(),
        required(root, "offset").asLong(),
        last,
        values.array());
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

  private static Forecast nestedForecast(
      String model, long time, JsonNode forecasts, Values values) {
    Columns columns = new Columns();
    long interval = 0;
    for (JsonNode each : forecasts) {
      int horizon = required(each, "horizon").asInt();
      if (each.has("time")) {
        interval = (time(each) - time) / horizon;
      }
      for (Map.Entry<String, JsonNode> quantile : required(each, "quantiles").properties()) {
        columns.add(each.path("target").asText(""), horizon, level(quantile.getKey()));
        values.add(quantile.getValue());
      }
    }
    return columns.shape(model, interval);
  }

  private static Forecast flat(String model, JsonNode root, Values values) {
    Columns columns = new Columns();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      FlatFields.Quantile quantile = FlatFields.Quantile.of(field.getKey());
      if (quantile != null) {
        columns.add(quantile.target(), quantile.horizon(), quantile.level());
        values.add(field.getValue());
      }
    }
    return columns.shape(model, 0);
  }

  private static Classes nestedClasses(String model, JsonNode probabilities, Values values) {
    List<String> labels = new ArrayList<>();
    for (Map.Entry<String, JsonNode> probability : probabilities.properties()) {
      labels.add(probability.getKey());
      values.addProbability(probability.getValue());
    }
    return new Classes(model, labels);
  }

  private static Classes flatClasses(String model, JsonNode root, Values values) {
    List<String> labels = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (field.getKey().startsWith(FlatFields.PROBABILITY)) {
        labels.add(field.getKey().substring(FlatFields.PROBABILITY.length()));
        values.addProbability(field.getValue());
      }
    }
    return new Classes(model, labels);
  }

  private static long time(JsonNode node) {
    String text = required(node, "time").asText();
    long millis = IsoTime.parse(text);
    if (millis == IsoTime.INVALID) {
      throw new IllegalArgumentException("prediction: time: " + text + " (must be ISO-8601)");
    }
    return millis;
  }

  static double level(String name) {
    try {
      return Double.parseDouble(name);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "prediction: quantiles: " + name + " (must be a level such as 0.5)", e);
    }
  }

  private static JsonNode required(JsonNode node, String name) {
    JsonNode found = node.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "prediction: " + name + ": none in " + node + " (must be given)");
    }
    return found;
  }

  /** What the quantiles of a record are of, in the order of their first coming. */
  private static final class Columns {
    private final Set<String> targets = new LinkedHashSet<>();
    private final Set<Integer> horizons = new LinkedHashSet<>();
    private final Set<Double> quantiles = new LinkedHashSet<>();

    void add(String target, int horizon, double level) {
      targets.add(target);
      horizons.add(horizon);
      quantiles.add(level);
    }

    Forecast shape(String model, long interval) {
      return new Forecast(
          model, List.copyOf(targets), List.copyOf(horizons), List.copyOf(quantiles), interval);
    }
  }

  /** Numbers as they come; null is NaN. */
  private static final class Values {
    private final List<Double> values = new ArrayList<>();

    void add(JsonNode number) {
      values.add(number.isNull() ? Double.NaN : number.doubleValue());
    }

    /** A probability was written as a float. */
    void addProbability(JsonNode number) {
      values.add(number.isNull() ? Double.NaN : Float.parseFloat(number.asText()));
    }

    double[] array() {
      return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }
}
