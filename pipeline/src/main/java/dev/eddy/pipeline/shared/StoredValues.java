package dev.eddy.pipeline.shared;

import java.util.List;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;

/**
 * Keeps the shared values in the operator's state: the same in every subtask, but for how far its
 * own observations have gone on, of which a new subtask takes the furthest that it is given.
 */
final class StoredValues {
  private static final String VALUES = "values";

  private final BroadcastState<String, byte[]> stored;
  private final ListState<Long> newestGone;

  StoredValues(OperatorStateStore store) throws Exception {
    stored =
        store.getBroadcastState(
            new MapStateDescriptor<>(
                VALUES,
                BasicTypeInfo.STRING_TYPE_INFO,
                PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    newestGone =
        store.getListState(new ListStateDescriptor<>("newest-gone", BasicTypeInfo.LONG_TYPE_INFO));
  }

  void restore(SharedValues values) throws Exception {
    byte[] before = stored.get(VALUES);
    if (before != null) {
      values.restore(before);
    }
    for (long time : newestGone.get()) {
      values.gone(time);
    }
  }

  void save(SharedValues values) throws Exception {
    stored.put(VALUES, values.toBytes());
    newestGone.update(List.of(values.newestGone()));
  }
}
