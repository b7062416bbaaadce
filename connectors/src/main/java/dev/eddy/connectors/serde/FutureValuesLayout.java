package dev.eddy.connectors.serde;

import dev.eddy.connectors.event.FutureValues;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Binary form of {@link FutureValues} within that of an event. Values are doubles; before events
 * had layouts that say so they were floats.
 */
final class FutureValuesLayout {
  private FutureValuesLayout() {}

  static void write(FutureValues future, DataOutputView target) throws IOException {
    target.writeInt(future.size());
    for (int i = 0; i < future.size(); i++) {
      target.writeLong(future.when()[i]);
      target.writeShort(future.features()[i]);
      target.writeDouble(future.values()[i]);
    }
  }

  /**
   * What was written.
   *
   * @param floats whether values are floats
   */
  static FutureValues read(boolean floats, DataInputView source) throws IOException {
    int size = source.readInt();
    if (size == 0) {
      return FutureValues.NONE;
    }
    FutureValues future = new FutureValues(new long[size], new int[size], new double[size]);
    for (int i = 0; i < size; i++) {
      future.when()[i] = source.readLong();
      future.features()[i] = source.readUnsignedShort();
      future.values()[i] = floats ? source.readFloat() : source.readDouble();
    }
    return future;
  }
}
