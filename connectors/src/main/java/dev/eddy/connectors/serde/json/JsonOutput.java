package dev.eddy.connectors.serde.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * One JSON generator that is kept from record to record, and the bytes it has written. Thread
 * confined.
 */
final class JsonOutput {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  /** Writes one record. */
  interface Body<T> {
    void write(JsonGenerator json, T value) throws IOException;
  }

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private final byte[] timeText = new byte[24]; // as IsoTime.write needs
  private JsonGenerator json = generator();

  <T> byte[] write(Body<T> body, T value) {
    bytes.reset();
    try {
      body.write(json, value);
      json.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      json = generator();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      // The generator stands in the middle of a record.
      json = generator();
      throw e;
    }
  }

  void writeTime(long millis) throws IOException {
    if (!IsoTime.inRange(millis)) {
      throw new IllegalArgumentException("time: " + millis + " (must be within years 1 to 9999)");
    }
    int length = IsoTime.write(millis, timeText, 0);
    json.writeRawUTF8String(timeText, 0, length);
  }

  static SerializableString name(String name) {
    return new SerializedString(name);
  }

  private JsonGenerator generator() {
    try {
      JsonGenerator created = JSON.createGenerator(bytes);
      created.setRootValueSeparator(new SerializedString(""));
      return created;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
