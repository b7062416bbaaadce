package dev.eddy.pipeline.operator;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.serde.EventTypes;
import dev.eddy.model.spec.ModelId;
import dev.eddy.pipeline.state.ExactModel;
import dev.eddy.pipeline.state.KeyCounts;
import dev.eddy.pipeline.version.ServedVersion;
import dev.eddy.settings.UserMistake;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private static final String COUNTED = "counted";
  private static final String TIMED = "timed";

  private final BroadcastState<Integer, Announcement> announcements; // by place in broker order
  private final BroadcastState<Integer, String> numbered; // by version, as JSON; of an older Eddy
  private final BroadcastState<String, String> served; // by version and digest, as JSON
  private final ListState<Long> newestTimes;
  private final ListState<Long> uncounted; // keys whatever made them, as an older Eddy counted
  private final ListState<String> keysByModel; // lines of each subtask; their sum is what counts
  private final BroadcastState<String, Boolean> known; // of every key there is

  OperatorState(OperatorStateStore store) throws Exception {
    announcements =
        store.getBroadcastState(
            new MapStateDescriptor<>(
                "announcements", BasicTypeInfo.INT_TYPE_INFO, EventTypes.ANNOUNCEMENT));
    numbered =
        store.getBroadcastState(
            new MapStateDescriptor<>(
                "served-versions", BasicTypeInfo.INT_TYPE_INFO, BasicTypeInfo.STRING_TYPE_INFO));
    served =
        store.getBroadcastState(
            new MapStateDescriptor<>(
                "served-models", BasicTypeInfo.STRING_TYPE_INFO, BasicTypeInfo.STRING_TYPE_INFO));
    newestTimes =
        store.getListState(
            new ListStateDescriptor<>("newest-event-times", BasicTypeInfo.LONG_TYPE_INFO));
    uncounted =
        store.getListState(new ListStateDescriptor<>("live-keys", BasicTypeInfo.LONG_TYPE_INFO));
    keysByModel =
        store.getListState(
            new ListStateDescriptor<>("keys-by-model", BasicTypeInfo.STRING_TYPE_INFO));
    known =
        store.getBroadcastState(
            new MapStateDescriptor<>(
                "known-of-keys", BasicTypeInfo.STRING_TYPE_INFO, BasicTypeInfo.BOOLEAN_TYPE_INFO));
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

  /** Keys by the model that made their states, as far as they {@link #counted were counted}. */
  KeyCounts keys() throws Exception {
    KeyCounts keys = new KeyCounts();
    for (String line : keysByModel.get()) {
      keys.addLine(line);
    }
    return keys;
  }

  /** Whether every key is counted; those that an older Eddy left are not. */
  boolean counted() throws Exception {
    return known.contains(COUNTED);
  }

  /** Whether every key has a timer, which none has where none was to be freed. */
  boolean timed() throws Exception {
    return known.contains(TIMED);
  }

  /** Of the announcements in the state that was restored or last saved. */
  Set<String> ids() throws Exception {
    Set<String> ids = new HashSet<>();
    for (Map.Entry<Integer, Announcement> entry : announcements.immutableEntries()) {
      ids.add(entry.getValue().id());
    }
    return ids;
  }

  /** What earlier runs of the job have served. */
  Map<ExactModel, ServedVersion> served() throws Exception {
    Map<ExactModel, ServedVersion> known = new HashMap<>();
    numbered().forEach((version, model) -> put(known, version, model));
    for (Map.Entry<String, String> entry : served.immutableEntries()) {
      int version = Integer.parseInt(entry.getKey().split(" ")[0]);
      ServedVersion.fromJson(entry.getValue()).ifPresent(model -> put(known, version, model));
    }
    return known;
  }

  private static void put(Map<ExactModel, ServedVersion> known, int version, ServedVersion model) {
    known.put(ExactModel.of(version, model.digest()), model);
  }

  /**
   * By version, the digest of what made the keys' states that name none: an older Eddy served but
   * one model of a number, the one that it remembers or, before it remembered any, announced first.
   */
  Map<Integer, String> undigested() throws Exception {
    Map<Integer, String> digests = new HashMap<>();
    for (Announcement announcement : merge(List.of())) {
      digests.putIfAbsent(ModelId.parse(announcement.model()).version(), announcement.digest());
    }
    numbered().forEach((version, model) -> digests.put(version, model.digest()));
    return digests;
  }

  private Map<Integer, ServedVersion> numbered() throws Exception {
    Map<Integer, ServedVersion> known = new TreeMap<>();
    for (Map.Entry<Integer, String> entry : numbered.immutableEntries()) {
      ServedVersion.fromJson(entry.getValue())
          .ifPresent(version -> known.put(entry.getKey(), version));
    }
    return known;
  }

  void save(List<Announcement> all, Map<ExactModel, ServedVersion> versions, long newestTime)
      throws Exception {
    for (int place = 0; place < all.size(); place++) {
      if (!all.get(place).equals(announcements.get(place))) { // they grow at their end
        announcements.put(place, all.get(place));
      }
    }
    for (Map.Entry<ExactModel, ServedVersion> version : versions.entrySet()) {
      String name = version.getKey().version() + " " + version.getValue().digest();
      if (!served.contains(name)) { // what a digest names never changes
        served.put(name, version.getValue().toJson());
      }
    }
    newestTimes.update(List.of(newestTime));
  }

  /**
   * Saves what is known of the keys, which is of every one.
   *
   * @param timed whether each has a timer
   */
  void save(KeyCounts keys, boolean timed) throws Exception {
    uncounted.clear();
    keysByModel.update(keys.lines());
    known.put(COUNTED, true);
    if (timed) {
      known.put(TIMED, true);
    } else {
      known.remove(TIMED);
    }
  }
}
