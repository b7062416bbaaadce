package dev.eddy.pipeline.operator;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.serde.EventTypes;
import dev.eddy.model.spec.ModelId;
import dev.eddy.pipeline.version.ServedVersion;
import dev.eddy.settings.UserMistake;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * Stores what the operator remembers beside its keys: the announcements it knows, the same in every
 * subtask, what the versions were made of that have served, and the newest event time that this
 * subtask stepped. Broadcast state, not a union list: a checkpoint of a bounded job may find some
 * subtasks finished, which a union list does not allow.
 */
final class OperatorState {
  private final BroadcastState<Integer, Announcement> announcements; // by place in broker order
  private final BroadcastState<Integer, String> served; // by version, as JSON
  private final ListState<Long> newestTimes;

  OperatorState(OperatorStateStore store) throws Exception {
    announcements =
        store.getBroadcastState(
            new MapStateDescriptor<>(
                "announcements", BasicTypeInfo.INT_TYPE_INFO, EventTypes.ANNOUNCEMENT));
    served =
        store.getBroadcastState(
            new MapStateDescriptor<>(
                "served-versions", BasicTypeInfo.INT_TYPE_INFO, BasicTypeInfo.STRING_TYPE_INFO));
    newestTimes =
        store.getListState(
            new ListStateDescriptor<>("newest-event-times", BasicTypeInfo.LONG_TYPE_INFO));
  }

  /**
   * The announcements of the state in their order, then those that only the topic knows, each id
   * once. What the state holds was announced before: of a topic that is whole it is the beginning,
   * and what a topic made anew holds came after it.
   */
  List<Announcement> merge(List<Announcement> topic) throws Exception {
    Map<String, Announcement> byId = new LinkedHashMap<>();
    Map<Integer, Announcement> stored = new TreeMap<>();
    for (Map.Entry<Integer, Announcement> entry : announcements.immutableEntries()) {
      stored.put(entry.getKey(), entry.getValue());
    }
    for (Announcement announcement : stored.values()) {
      byId.putIfAbsent(announcement.id(), announcement);
    }
    for (Announcement announcement : topic) {
      byId.putIfAbsent(announcement.id(), announcement);
    }
    return List.copyOf(byId.values());
  }

  /**
   * Refuses state that belongs to another model, whose versions have the same numbers.
   *
   * @throws SuppressRestartsException if the operator was restored from such a checkpoint
   */
  void requireModel(String model) throws Exception {
    for (Map.Entry<Integer, Announcement> entry : announcements.immutableEntries()) {
      String stored = ModelId.parse(entry.getValue().model()).name();
      if (!stored.equals(model)) {
        throw new SuppressRestartsException(
            new UserMistake(
                "checkpoint: of model "
                    + stored
                    + " (must be "
                    + model
                    + "; begin anew, or give each deployment a checkpoint directory of its own)"));
      }
    }
  }

  /** The newest event time that was stepped before the restart, as far as this subtask knows. */
  long newestTime() throws Exception {
    long newest = Long.MIN_VALUE;
    for (long time : newestTimes.get()) {
      newest = Math.max(newest, time);
    }
    return newest;
  }

  /** Whether an announcement of that id was in the state that was restored or last saved. */
  boolean knows(String id) throws Exception {
    for (Map.Entry<Integer, Announcement> entry : announcements.immutableEntries()) {
      if (entry.getValue().id().equals(id)) {
        return true;
      }
    }
    return false;
  }

  /** What earlier runs of the job have served, by version. */
  Map<Integer, ServedVersion> served() throws Exception {
    Map<Integer, ServedVersion> known = new TreeMap<>();
    for (Map.Entry<Integer, String> entry : served.immutableEntries()) {
      ServedVersion.fromJson(entry.getValue())
          .ifPresent(version -> known.put(entry.getKey(), version));
    }
    return known;
  }

  void save(List<Announcement> all, Map<Integer, ServedVersion> versions, long newestTime)
      throws Exception {
    announcements.clear();
    for (int place = 0; place < all.size(); place++) {
      announcements.put(place, all.get(place));
    }
    for (Map.Entry<Integer, ServedVersion> version : versions.entrySet()) {
      if (!served.contains(version.getKey())) { // a version never changes
        served.put(version.getKey(), version.getValue().toJson());
      }
    }
    newestTimes.update(List.of(newestTime));
  }
}
