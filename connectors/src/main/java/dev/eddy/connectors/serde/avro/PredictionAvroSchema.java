package dev.eddy.connectors.serde.avro;

import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.serde.json.OutputSettings;
import dev.eddy.settings.UserMistake;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Generates the schema of a deployment's predictions. Nested it is the same for all: horizons,
 * quantiles and classes are in a list and in maps, so that no change of them changes it. Flat it
 * has a field for each horizon and quantile, null by default, so that one more or one less leaves
 * both schemas able to read the other's records.
 */
public final class PredictionAvroSchema {
  /** How many fields every prediction begins with. */
  static final int COMMON = 5;

  private static final String NAME = "Prediction";

  private PredictionAvroSchema() {}

  /**
   * Generates it.
   *
   * @param deployment its name, of which the namespace is made
   * @param targets what is forecast; none where classes are told
   * @throws UserMistake when it cannot be flat
   */
  public static String of(
      OutputSettings output,
      String deployment,
      List<String> targets,
      List<Integer> horizons,
      List<Double> quantiles) {
    String namespace = AvroNames.of(deployment);
    List<Schema.Field> fields = new ArrayList<>();
    fields.add(new Schema.Field("key", Schema.create(Schema.Type.STRING)));
    fields.add(new Schema.Field("time", ObservationAvroSchema.timestamp()));
    fields.add(new Schema.Field("model", Schema.create(Schema.Type.STRING)));
    fields.add(new Schema.Field("partition", Schema.create(Schema.Type.INT)));
    fields.add(new Schema.Field("offset", Schema.create(Schema.Type.LONG)));
    if (output.format() == OutputSettings.Format.FLAT) {
      addFlat(fields, output, targets, horizons, quantiles);
    } else {
      addNested(fields, namespace);
    }
    return Schema.createRecord(NAME, null, namespace, false, fields).toString();
  }

  private static void addNested(List<Schema.Field> fields, String namespace) {
    Schema numbers =
        Schema.createMap(ObservationAvroSchema.orNull(Schema.create(Schema.Type.DOUBLE)));
    Schema forecast =
        Schema.createRecord(
            "Forecast",
            null,
            namespace,
            false,
            List.of(
                new Schema.Field("target", Schema.create(Schema.Type.STRING)),
                new Schema.Field("horizon", Schema.create(Schema.Type.INT)),
                nullable("time", ObservationAvroSchema.timestamp()),
                new Schema.Field("quantiles", numbers)));
    fields.add(new Schema.Field("forecasts", Schema.createArray(forecast), null, List.of()));
    fields.add(nullable("label", Schema.create(Schema.Type.STRING)));
    fields.add(new Schema.Field("probabilities", numbers, null, Map.of()));
  }

  private static void addFlat(
      List<Schema.Field> fields,
      OutputSettings output,
      List<String> targets,
      List<Integer> horizons,
      List<Double> quantiles) {
    if (targets.isEmpty()) {
      throw new UserMistake(
          "output.format: flat (must be nested where classes are written as Avro: which there are"
              + " is not known before a model is trained)");
    }
    Set<String> names = new HashSet<>();
    for (String target : targets) {
      for (int horizon : horizons) {
        for (double quantile : quantiles) {
          String name = flat(targets.size() > 1 ? target : "", horizon, quantile);
          if (output.writes(horizon) && !names.add(name)) {
            throw new UserMistake(
                "output.format: flat: two fields called "
                    + name
                    + " (must be nested, or targets be told apart by letters, digits and '_')");
          }
          if (output.writes(horizon)) {
            fields.add(nullable(name, Schema.create(Schema.Type.DOUBLE)));
          }
        }
      }
    }
  }

  /** The field of a quantile, {@code h1_q0_1}; of one of several targets {@code load_h1_q0_1}. */
  static String flat(String target, int horizon, double quantile) {
    String level = PredictionShape.level(quantile).replace('.', '_');
    return (target.isEmpty() ? "" : AvroNames.of(target) + "_") + "h" + horizon + "_q" + level;
  }

  private static Schema.Field nullable(String name, Schema schema) {
    return new Schema.Field(
        name, ObservationAvroSchema.orNull(schema), null, Schema.Field.NULL_DEFAULT_VALUE);
  }
}
