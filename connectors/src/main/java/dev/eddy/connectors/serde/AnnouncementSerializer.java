package dev.eddy.connectors.serde;

import dev.eddy.connectors.event.Announcement;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * Compact binary form of an {@link Announcement} between Flink's tasks and in its checkpoints.
 * Layout 2 is layout 1 behind a {@link LayoutMark}; layout 3 adds whether it retracts, layout 4
 * whether it is of a shadow.
 */
final class AnnouncementSerializer extends EventSerializer<Announcement> {
  private static final long serialVersionUID = 1;
  private static final int NEWEST = 4;

  @Override
  public Announcement createInstance() {
    return new Announcement("", "", 0, "", "", "");
  }

  @Override
  public void serialize(Announcement announcement, DataOutputView target) throws IOException {
    LayoutMark.beforeText(NEWEST, target);
    StringValue.writeString(announcement.id(), target);
    StringValue.writeString(announcement.model(), target);
    target.writeLong(announcement.effectiveFrom());
    StringValue.writeString(announcement.swap(), target);
    StringValue.writeString(announcement.digest(), target);
    StringValue.writeString(announcement.store(), target);
    target.writeBoolean(announcement.retracts());
    target.writeBoolean(announcement.shadow());
  }

  @Override
  public Announcement deserialize(DataInputView source) throws IOException {
    int first = source.readUnsignedByte();
    int layout = LayoutMark.layoutBeforeText(first, source, NEWEST);
    return new Announcement(
        LayoutMark.readText(first, source),
        StringValue.readString(source),
        source.readLong(),
        StringValue.readString(source),
        StringValue.readString(source),
        StringValue.readString(source),
        layout >= 3 && source.readBoolean(),
        layout >= 4 && source.readBoolean());
  }

  @Override
  public TypeSerializerSnapshot<Announcement> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The layout's number. */
  public static final class Snapshot extends LayoutSnapshot<Announcement> {
    /** For Flink, which makes it by its name. */
    public Snapshot() {
      super(NEWEST, layout -> new AnnouncementSerializer());
    }
  }
}
