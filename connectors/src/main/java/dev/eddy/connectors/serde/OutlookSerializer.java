package dev.eddy.connectors.serde;

import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.Outlook;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Compact binary form of an {@link Outlook} between Flink's tasks and in its checkpoints. */
public final class OutlookSerializer extends EventSerializer<Outlook> {
  private static final long serialVersionUID = 1;

  @Override
  public Outlook createInstance() {
    return new Outlook("", 0, FutureValues.NONE, 0, 0);
  }

  @Override
  public void serialize(Outlook outlook, DataOutputView target) throws IOException {
    StringValue.writeString(outlook.key(), target);
    target.writeLong(outlook.time());
    FutureValuesLayout.write(outlook.future(), target);
    target.writeInt(outlook.partition());
    target.writeLong(outlook.offset());
  }

  @Override
  public Outlook deserialize(DataInputView source) throws IOException {
    return new Outlook(
        StringValue.readString(source),
        source.readLong(),
        FutureValuesLayout.read(source),
        source.readInt(),
        source.readLong());
  }

  @Override
  public TypeSerializerSnapshot<Outlook> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The layout's number. */
  public static final class Snapshot extends LayoutSnapshot<Outlook> {
    /** For Flink, which makes it by its name. */
    public Snapshot() {
      super(new OutlookSerializer());
    }
  }
}
