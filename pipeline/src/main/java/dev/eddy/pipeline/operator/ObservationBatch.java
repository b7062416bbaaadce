package dev.eddy.pipeline.operator;

import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.inference.KeyState;
import dev.eddy.model.inference.ModelRunner;
import dev.eddy.pipeline.state.KeyClock;
import dev.eddy.pipeline.state.StoredKeyState;
import dev.eddy.pipeline.version.ModelVersions;
import dev.eddy.pipeline.version.ServingModel;
import dev.eddy.pipeline.version.Tenure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Steps the events of a micro-batch together: each distinct key's state is read once; then comes
 * one turn for each tenure of the timeline that serves one of them, in timeline order, because a
 * key may cross a tenure inside a batch; then each state is written once. Where a key's clock is
 * set back, all before it is stepped first, because a key may so cross a tenure backwards. Which of
 * them are out of order and which start a key afresh depends on the times of its events alone, so a
 * batch gives what its observations would have given one at a time. A future update goes behind the
 * key's last observation before it, under the version that stepped that one. Confined to one
 * thread.
 */
final class ObservationBatch {
  /** In place of a tenure's place on the timeline. */
  static final int NONE = -1;

  private static final int OUT_OF_ORDER = -2;
  private static final int NO_OBSERVATION = -3; // a future update with nothing to go on from

  private final PredictSettings settings;
  private final ModelVersions versions;
  private final KeyedStates states;

  private final KeyedEvent[] events; // [size]
  private final BatchKey[] keyOf; // [size], those of one key are the same object
  private final int[] tenures; // [size], place on the timeline, or why there is none
  private final boolean[] afresh; // [size], whether the key starts anew with this observation
  private final boolean[] setBack; // [size], whether it sets the key's clock back
  private final int[] before; // [size], partition of the key's last observation before it
  private final int[] slots; // [size], where the runner of its tenure has staged it
  private final @Nullable Prediction[] predictions; // [size], null where there is none
  private int size;
  private int clocksSetBack;

  private final Map<String, BatchKey> keys = new HashMap<>();
  private final List<BatchKey> pool = new ArrayList<>(); // the first keys.size() are in use
  private final List<Tenure> turns = new ArrayList<>();
  private long newestTime = Long.MIN_VALUE;

  ObservationBatch(PredictSettings settings, ModelVersions versions, KeyedStates states) {
    this.settings = settings;
    this.versions = versions;
    this.states = states;
    int capacity = settings.maxBatch();
    events = new KeyedEvent[capacity];
    keyOf = new BatchKey[capacity];
    tenures = new int[capacity];
    afresh = new boolean[capacity];
    setBack = new boolean[capacity];
    before = new int[capacity];
    slots = new int[capacity];
    predictions = new Prediction[capacity];
  }

  /** Adds an observation or a future update; the batch must not be full. */
  void add(KeyedEvent event) {
    events[size] = event;
    size++;
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size == events.length;
  }

  /** Newest event time that was ever stepped; {@link Long#MIN_VALUE} at first. */
  long newestTime() {
    return newestTime;
  }

  /** How many keys' clocks were set back; valid after {@link #step}. */
  int clocksSetBack() {
    return clocksSetBack;
  }

  /** Steps everything added. */
  void step() throws Exception {
    int from = 0;
    for (int i = 0; i < size; i++) {
      BatchKey key = batchKey(events[i].key());
      keyOf[i] = key;
      setBack[i] = false;
      before[i] = key.partition;
      if (events[i] instanceof FutureUpdate futureUpdate) {
        tenures[i] = admit(futureUpdate, key);
      } else {
        long lastTime = key.clock.lastTime();
        KeyClock.Verdict verdict = judge((Observation) events[i], key);
        if (verdict == KeyClock.Verdict.SET_BACK) {
          step(from, i);
          from = i;
          setBack[i] = true;
          clocksSetBack++;
        }
        tenures[i] = verdict == KeyClock.Verdict.LATE ? OUT_OF_ORDER : admit(i, key, lastTime);
      }
    }
    step(from, size);
    scatter();
  }

  /** Steps the events from one to before another, which were judged. */
  private void step(int from, int to) throws Exception {
    turns.sort(Comparator.comparingInt(Tenure::index));
    for (Tenure turn : turns) {
      step(turn, from, to);
    }
    turns.clear();
    if (to < size) {
      keys.values().forEach(key -> key.tenure = NONE);
    }
  }

  KeyedEvent event(int index) {
    return events[index];
  }

  /** Whether the event was older than its key's last observation; valid after {@link #step}. */
  boolean isOutOfOrder(int index) {
    return tenures[index] == OUT_OF_ORDER;
  }

  /** Partition of its key's last observation that was in order, before it; below 0 for none. */
  int partitionBefore(int index) {
    return before[index];
  }

  /**
   * Whether it is a future update of a key that has no observation, or that is forgotten by then.
   */
  boolean lacksObservation(int index) {
    return tenures[index] == NO_OBSERVATION;
  }

  /**
   * Null for a future update, and where the observation is out of order or its outputs not finite.
   */
  @Nullable Prediction prediction(int index) {
    return predictions[index];
  }

  /** Forgets the observations and what became of them. */
  void clear() {
    Arrays.fill(events, 0, size, null);
    Arrays.fill(predictions, 0, size, null);
    keys.clear();
    size = 0;
    clocksSetBack = 0;
  }

  private KeyClock.Verdict judge(Observation observation, BatchKey key) {
    int late = key.clock.late();
    KeyClock.Verdict verdict = key.clock.judge(observation, settings.maxAheadMillis());
    key.changed |= late > 0 || key.clock.late() > 0; // a late one may change the clock alone
    return verdict;
  }

  private int admit(int i, BatchKey key, long lastTime) throws Exception {
    long time = events[i].time();
    Tenure tenure = versions.at(time);
    afresh[i] = startsAfresh(lastTime, time);
    key.changed = true;
    key.partition = events[i].partition();
    key.tenure = tenure.index();
    if (!turns.contains(tenure)) {
      turns.add(tenure);
    }
    return tenure.index();
  }

  private int admit(FutureUpdate futureUpdate, BatchKey key) throws Exception {
    if (futureUpdate.time() < key.clock.lastTime()) {
      return OUT_OF_ORDER;
    }
    if (startsAfresh(key.clock.lastTime(), futureUpdate.time())) {
      return NO_OBSERVATION;
    }
    key.changed = true;
    if (key.tenure == NONE) {
      if (!versions.has(key.version)) { // the one that stepped it last is refused since
        Tenure tenure = versions.at(key.clock.lastTime());
        key.enter(false, tenure, versions);
      }
      ServingModel model = versions.model(key.version);
      KeyState state = Objects.requireNonNull(key.state);
      model.runner().tellNow(state, model.mapping().map(futureUpdate.future()));
    }
    return key.tenure;
  }

  private BatchKey batchKey(String name) throws Exception {
    BatchKey key = keys.get(name);
    if (key == null) {
      if (pool.size() == keys.size()) {
        pool.add(new BatchKey());
      }
      key = pool.get(keys.size());
      key.start(name, states.read(name));
      keys.put(name, key);
    }
    return key;
  }

  private boolean startsAfresh(long lastTime, long time) {
    return lastTime == Long.MIN_VALUE || time - lastTime >= settings.forgetAfterMillis();
  }

  private void step(Tenure turn, int from, int to) {
    ServingModel model = versions.model(turn.model().version());
    ModelRunner runner = model.runner();
    for (int i = from; i < to; i++) {
      if (tenures[i] == turn.index()) {
        stage(i, turn, model);
      }
    }
    runner.step();
    for (int i = from; i < to; i++) {
      if (tenures[i] == turn.index()
          && events[i] instanceof Observation observation
          && !runner.failed(slots[i])) {
        predictions[i] = prediction(observation, model, slots[i]);
        newestTime = Math.max(newestTime, observation.time());
      }
    }
    runner.clear();
  }

  private void stage(int i, Tenure turn, ServingModel model) {
    ModelRunner runner = model.runner();
    if (events[i] instanceof Observation observation) {
      KeyState state = keyOf[i].enter(afresh[i], turn, versions);
      if (setBack[i]) {
        runner.setBack(state, observation.time());
      }
      slots[i] = runner.add(state, model.mapping().map(observation));
    } else {
      KeyState state = Objects.requireNonNull(keyOf[i].state);
      runner.tell(state, model.mapping().map(events[i].future()));
    }
  }

  private static Prediction prediction(Observation observation, ServingModel model, int slot) {
    double[] values = new double[model.shape().size()];
    model.runner().prediction(slot, values);
    return new Prediction(
        observation.key(),
        observation.time(),
        observation.partition(),
        observation.offset(),
        model.shape(),
        values);
  }

  private void scatter() throws Exception {
    for (int k = 0; k < keys.size(); k++) {
      BatchKey key = pool.get(k);
      if (key.changed) {
        KeyState state = Objects.requireNonNull(key.state);
        KeyClock clock = key.clock;
        states.write(
            key.name,
            new StoredKeyState(
                key.version,
                clock.lastTime(),
                clock.late(),
                clock.lateTime(),
                key.partition,
                state));
      }
      key.state = null;
    }
  }
}
