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
import org.apache.avro.Schema.Field;
import org.apache.avro.Schema.Type;

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
    List<Field> fields = new ArrayList<>();
    fields.add(new Field("key", Schema.create(Type.STRING)));
    fields.add(new Field("time", ObservationAvroSchema.timestamp()));
    fields.add(new Field("model", Schema.create(Type.STRING)));
    fields.add(new Field("partition", Schema.create(Type.INT)));
    fields.add(new Field("offset", Schema.create(Type.LONG)));
    if (output.format() == OutputSettings.Format.FLAT) {
      addFlat(fields, output, targets, horizons, quantiles);
    } else {
      addNested(fields, namespace);
    }
    return Schema.createRecord(NAME, null, namespace, false, fields).toString();
  }

  private static void addNested(List<Field> fields, String namespace) {
    Schema numbers = Schema.createMap(ObservationAvroSchema.orNull(Schema.create(Type.DOUBLE)));
    Schema forecast =
        Schema.createRecord(
            "Forecast",
            null,
            namespace,
            false,
            List.of(
                new Field("target", Schema.create(Type.STRING)),
                new Field("horizon", Schema.create(Type.INT)),
                nullable("time", ObservationAvroSchema.timestamp()),
                new Field("quantiles", numbers)));
    fields.add(new Field("forecasts", Schema.createArray(forecast), null, List.of()));
    fields.add(nullable("label", Schema.create(Type.STRING)));
    fields.add(new Field("probabilities", numbers, null, Map.of()));
  }

  private static void addFlat(
      List<Field> fields,
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
            fields.add(nullable(name, Schema.create(Type.DOUBLE)));
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

  private static Field nullable(String name, Schema schema) {
    return new Field(name, ObservationAvroSchema.orNull(schema), null, Field.NULL_DEFAULT_VALUE);
  }
}
