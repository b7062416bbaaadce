package dev.eddy.connectors.serde.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape.Classes;
import java.io.IOException;

/**
 * The fields of a record that hold what is predicted. Made once for the predictions of a shape,
 * with every name ready to be written. Thread confined.
 */
interface PredictionFields {
  /** Writes the fields into the object that has been begun. */
  void write(JsonGenerator json, Prediction prediction) throws IOException;

  /** The field {@code label}: the most probable one, of equals the first. */
  static void writeLabel(
      JsonGenerator json, SerializableString name, double[] probabilities, Classes classes)
      throws IOException {
    json.writeFieldName(name);
    json.writeString(classes.best(probabilities));
  }

  /** A field with a probability, which is a float and as short as one. */
  static void writeProbability(JsonGenerator json, SerializableString name, double value)
      throws IOException {
    json.writeFieldName(name);
    if (Double.isFinite(value)) {
      json.writeNumber((float) value);
    } else {
      json.writeNull();
    }
  }

  /** A field with a number of a forecast; one that is not finite becomes null. */
  static void writeNumber(JsonGenerator json, SerializableString name, double value)
      throws IOException {
    json.writeFieldName(name);
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }
}
