package dev.eddy.pipeline.operator;

import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.Observation;
import dev.eddy.model.encoding.KeyMemory;
import dev.eddy.pipeline.state.ExactModel;
import dev.eddy.pipeline.state.RecentMark;
import dev.eddy.pipeline.state.RecentRecord;
import dev.eddy.pipeline.state.RecentRecords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a key's last inputs as they came, so that a version which has not seen them can be led
 * through them: in two halves, each of so many observations, the older one dropped when the younger
 * one is full. A half begins with what was remembered of the key before it. What a micro-batch adds
 * is appended when it is done; nothing that is stored is read or written again until then. Reused
 * from key to key.
 */
final class RecentInputs {
  /** A record that is yet to be stored; a half's first one has its bytes once it is stepped. */
  static final class Added {
    private byte @Nullable [] bytes;

    private Added(byte @Nullable [] bytes) {
      this.bytes = bytes;
    }

    /** Says what was remembered of the key before the half that begins with this. */
    void remembered(ExactModel model, KeyMemory memory) {
      bytes = RecentRecords.write(new RecentRecord.Begin(model, memory));
    }
  }

  private final int steps; // observations of a half; 0: none are kept
  private final RecentRecord.Fields fields;
  private final int fingerprint;
  private final boolean[] anew = new boolean[1 + RecentMark.SECOND]; // by half: what was is dropped
  private final List<List<Added>> added = List.of(List.of(), new ArrayList<>(), new ArrayList<>());
  private RecentMark mark = RecentMark.NONE;
  private int half;
  private int count; // of observations
  private int told; // future updates

  /**
   * Of a deployment.
   *
   * @param steps how many are kept at least; 0: none
   * @param fields what its observations have
   */
  RecentInputs(int steps, RecentRecord.Fields fields) {
    this.steps = steps;
    this.fields = fields;
    this.fingerprint = fields.fingerprint();
  }

  /** Goes on to another key. */
  void start(RecentMark stored) {
    mark = stored;
    half = stored.half();
    count = stored.count();
    told = stored.told();
    for (int each = RecentMark.FIRST; each <= RecentMark.SECOND; each++) {
      anew[each] = false;
      added.get(each).clear();
    }
  }

  /** Where they go on. */
  RecentMark mark() {
    return mark;
  }

  /** Drops them all: the key starts afresh. */
  void forget() {
    if (half == 0) {
      return;
    }
    mark = RecentMark.NONE;
    half = 0;
    count = 0;
    told = 0;
    begin(RecentMark.FIRST);
    begin(RecentMark.SECOND);
  }

  /**
   * Adds an observation that is staged.
   *
   * @return the half's first record, where one begins with it; null where none does
   */
  @Nullable Added add(Observation observation, boolean setBack) {
    if (steps == 0) {
      forget(); // those of a time when they were kept
      return null;
    }
    Added first = makeRoom();
    put(
        new RecentRecord.Input(
            observation.time(),
            observation.numeric(),
            observation.categories(),
            observation.future(),
            setBack));
    count++;
    mark = new RecentMark(half, count, told, fingerprint);
    return first;
  }

  private @Nullable Added makeRoom() {
    if (half != 0 && count < steps) {
      if (mark.fields() != fingerprint) {
        put(fields);
      }
      return null;
    }
    half = half == 0 ? RecentMark.FIRST : mark.other();
    begin(half);
    count = 0;
    told = 0;
    Added first = new Added(null);
    added.get(half).add(first);
    put(fields);
    return first;
  }

  /** Adds what a record without an observation tells; of more than observations, the first ones. */
  void add(FutureValues future) {
    if (half != 0 && told < steps) {
      if (mark.fields() != fingerprint) {
        put(fields);
      }
      put(new RecentRecord.Told(future));
      told++;
      mark = new RecentMark(half, count, told, fingerprint);
    }
  }

  private void begin(int which) {
    anew[which] = true;
    added.get(which).clear();
  }

  private void put(RecentRecord record) {
    added.get(half).add(new Added(RecentRecords.write(record)));
  }

  /** All of them, from the oldest on: what is stored, and what was added and stepped since. */
  List<RecentRecord> read(KeyedStates states, String key) throws Exception {
    List<RecentRecord> records = new ArrayList<>();
    if (half != 0) {
      int other = RecentMark.FIRST + RecentMark.SECOND - half;
      read(other, states, key, records);
      read(half, states, key, records);
    }
    return records;
  }

  private void read(int which, KeyedStates states, String key, List<RecentRecord> records)
      throws Exception {
    if (!anew[which]) {
      for (byte[] bytes : states.recent(key, which)) {
        records.add(RecentRecords.read(bytes));
      }
    }
    for (byte[] bytes : bytes(which)) {
      records.add(RecentRecords.read(bytes));
    }
  }

  private List<byte[]> bytes(int which) throws IOException {
    List<byte[]> all = new ArrayList<>();
    for (Added each : added.get(which)) {
      if (each.bytes == null) {
        throw new IOException("recent inputs: read before they were stepped");
      }
      all.add(each.bytes);
    }
    return all;
  }

  /** Stores what was added. */
  void write(KeyedStates states, String key) throws Exception {
    for (int which = RecentMark.FIRST; which <= RecentMark.SECOND; which++) {
      if (anew[which] || !added.get(which).isEmpty()) {
        states.keep(key, which, anew[which], bytes(which));
      }
    }
  }
}
