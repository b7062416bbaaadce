package dev.eddy.connectors.serde.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.event.PredictionShape.Classes;
import dev.eddy.connectors.event.PredictionShape.Forecast;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A scalar field for each value, as {@link OutputSettings.Format#FLAT} says. */
final class FlatFields implements PredictionFields {
  static final String PROBABILITY = "p_";

  private static final Pattern QUANTILE = Pattern.compile("(?:(.*)_)?h(\\d{1,9})_q(\\d.*)");
  private static final SerializableString LABEL = JsonOutput.name("label");

  private final SerializableString[] names; // [values that are written]
  private final int[] places; // [values that are written]
  private final @Nullable Classes classes;

  FlatFields(PredictionShape shape, OutputSettings settings) {
    Map<String, Integer> fields = new LinkedHashMap<>();
    if (shape instanceof Forecast forecast) {
      classes = null;
      addForecasts(forecast, settings, fields);
    } else {
      classes = (Classes) shape;
      classes.labels().forEach(label -> fields.put(PROBABILITY + label, fields.size()));
    }
    names = fields.keySet().stream().map(JsonOutput::name).toArray(SerializableString[]::new);
    places = fields.values().stream().mapToInt(Integer::intValue).toArray();
  }

  private static void addForecasts(
      Forecast forecast, OutputSettings settings, Map<String, Integer> fields) {
    int place = 0;
    for (String target : forecast.targets()) {
      String prefix = forecast.targets().size() > 1 ? target + "_" : "";
      for (int horizon : forecast.horizons()) {
        for (double quantile : forecast.quantiles()) {
          if (settings.writes(horizon)) {
            fields.put(prefix + "h" + horizon + "_q" + PredictionShape.level(quantile), place);
          }
          place++;
        }
      }
    }
  }

  @Override
  public void write(JsonGenerator json, Prediction prediction) throws IOException {
    double[] values = prediction.values();
    if (classes != null) {
      PredictionFields.writeLabel(json, LABEL, values, classes);
    }
    for (int i = 0; i < names.length; i++) {
      if (classes == null) {
        PredictionFields.writeNumber(json, names[i], values[places[i]]);
      } else {
        PredictionFields.writeProbability(json, names[i], values[places[i]]);
      }
    }
  }

  /**
   * The quantile that a field's name stands for; null if for none.
   *
   * @param target empty where there is only one
   */
  record Quantile(String target, int horizon, double level) {
    static @Nullable Quantile of(String name) {
      Matcher matcher = QUANTILE.matcher(name);
      if (!matcher.matches()) {
        return null;
      }
      String target = matcher.group(1);
      return new Quantile(
          target == null ? "" : target,
          Integer.parseInt(matcher.group(2)),
          PredictionJsonReader.level(matcher.group(3)));
    }
  }
}
