package dev.eddy.connectors.serde.avro;

import dev.eddy.connectors.event.Prediction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Writes predictions as Avro: {@code key, time, model, partition, offset}, then what is predicted.
 * Field after field in the order of the generated schema, without a tree in between. Thread
 * confined.
 */
final class PredictionAvroWriter {
  /** Writes the fields that hold what is predicted. */
  interface Fields {
    void write(BinaryEncoder out, Prediction prediction) throws IOException;
  }

  private final byte[] frame;
  private final Fields fields;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
  private @Nullable BinaryEncoder encoder;

  PredictionAvroWriter(byte[] frame, Fields fields) {
    this.frame = frame.clone();
    this.fields = fields;
  }

  byte[] write(Prediction prediction) {
    bytes.reset();
    bytes.writeBytes(frame);
    BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, encoder);
    encoder = out;
    try {
      out.writeString(prediction.key());
      out.writeLong(prediction.time());
      out.writeString(prediction.shape().model());
      out.writeInt(prediction.partition());
      out.writeLong(prediction.offset());
      fields.write(out, prediction);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A number, or null; one that is not finite becomes null. */
  static void writeNumber(BinaryEncoder out, double value) throws IOException {
    boolean finite = Double.isFinite(value);
    out.writeIndex(finite ? 1 : 0);
    if (finite) {
      out.writeDouble(value);
    }
  }

  static void writeNull(BinaryEncoder out) throws IOException {
    out.writeIndex(0);
  }
}
