package dev.eddy.connectors.serde;

import dev.eddy.connectors.event.FutureValues;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Binary form of {@link FutureValues} within that of an event. */
final class FutureValuesLayout {
  private FutureValuesLayout() {}

  static void write(FutureValues future, DataOutputView target) throws IOException {
    target.writeInt(future.size());
    for (int i = 0; i < future.size(); i++) {
      target.writeLong(future.when()[i]);
      target.writeShort(future.features()[i]);
      target.writeFloat(future.values()[i]);
    }
  }

  static FutureValues read(DataInputView source) throws IOException {
    int size = source.readInt();
    if (size == 0) {
      return FutureValues.NONE;
    }
    FutureValues future = new FutureValues(new long[size], new int[size], new float[size]);
    for (int i = 0; i < size; i++) {
      future.when()[i] = source.readLong();
      future.features()[i] = source.readUnsignedShort();
      future.values()[i] = source.readFloat();
    }
    return future;
  }
}
