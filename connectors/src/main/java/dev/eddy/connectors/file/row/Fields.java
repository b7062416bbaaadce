package dev.eddy.connectors.file.row;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.file.settings.WideSettings;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a schema's features and label from the cells of a row. */
final class Fields {
  private static final int NOWHERE = -1; // a row not read from Kafka has no partition and offset
  private static final int MELTED = -2;
  private static final int VARIABLE = -3;
  private static final int SHARED = -4; // brought by other files

  private final ObservationSchema schema;
  private final Cells cells;
  private final int[] numeric;
  private final int[] categorical;
  private final int label;

  /**
   * The fields of one file.
   *
   * @param wide which features come of melted columns; empty: none
   */
  Fields(ObservationSchema schema, Columns columns, Cells cells, Optional<WideSettings> wide) {
    String value = wide.map(WideSettings::value).orElse(null);
    String variable = wide.flatMap(WideSettings::variable).orElse(null);
    this.schema = schema;
    this.cells = cells;
    numeric =
        schema.numeric().stream()
            .mapToInt(name -> name.equals(value) ? MELTED : place(name, schema, columns))
            .toArray();
    categorical =
        schema.categorical().stream()
            .mapToInt(name -> name.equals(variable) ? VARIABLE : columns.indexOfField(name))
            .toArray();
    label = schema.label() == null ? NOWHERE : columns.indexOfField(schema.label());
  }

  private static int place(String name, ObservationSchema schema, Columns columns) {
    boolean elsewhere = schema.shared().contains(name) && !columns.hasField(name);
    return elsewhere ? SHARED : columns.indexOfField(name);
  }

  /** The columns read, but for the melted ones. */
  boolean reads(int column) {
    return contains(numeric, column) || contains(categorical, column) || label == column;
  }

  private static boolean contains(int[] indices, int column) {
    for (int index : indices) {
      if (index == column) {
        return true;
      }
    }
    return false;
  }

  /** The observation of a row in layout long. */
  Observation read(String key, long time, List<String> row) {
    return read(key, time, row, Double.NaN, "");
  }

  /**
   * The observation of a row in which the melted feature has a value.
   *
   * @param variable the name of that value's column
   */
  Observation read(String key, long time, List<String> row, double value, String variable) {
    double[] numbers = new double[numeric.length];
    for (int i = 0; i < numbers.length; i++) {
      int at = numeric[i];
      numbers[i] =
          switch (at) {
            case MELTED -> value;
            case SHARED -> Float.NaN;
            default -> cells.number(row.get(at), schema.numeric().get(i));
          };
    }
    @Nullable String[] categories = new String[categorical.length];
    for (int i = 0; i < categories.length; i++) {
      int at = categorical[i];
      categories[i] =
          at == VARIABLE ? variable : cells.text(row.get(at), schema.categorical().get(i));
    }
    String name = schema.label();
    String found = name == null ? null : cells.label(row.get(label), name);
    return new Observation(key, time, numbers, categories, found, NOWHERE, NOWHERE);
  }
}
