package dev.eddy.pipeline.operator;

import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.pipeline.state.KeyClock;
import dev.eddy.pipeline.state.RecentRecord;
import dev.eddy.pipeline.version.ModelVersions;
import dev.eddy.pipeline.version.ServingModel;
import dev.eddy.pipeline.version.Tenure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final PredictSettings settings;
  private final ModelVersions versions;
  private final KeyedStates states;
  private final RecentRecord.Fields fields;
  private final Rewarmer rewarmer;
  private final TurnStepper stepper;
  private final ShadowKeys shadows;

  private final List<BatchEvent> events = new ArrayList<>(); // [max-batch], the first size in use
  private int size;
  private int clocksSetBack;
  private int begunAnew;

  private final Map<String, BatchKey> keys = new HashMap<>();
  private final List<BatchKey> pool = new ArrayList<>(); // the first keys.size() are in use
  private final List<Tenure> turns = new ArrayList<>();

  ObservationBatch(PredictSettings settings, ModelVersions versions, KeyedStates states) {
    this.settings = settings;
    this.versions = versions;
    this.states = states;
    fields = new RecentRecord.Fields(settings.schema().numeric(), settings.schema().categorical());
    rewarmer = new Rewarmer(versions, states);
    stepper = new TurnStepper(versions, rewarmer);
    shadows = new ShadowKeys(versions, states, rewarmer);
    for (int i = 0; i < settings.maxBatch(); i++) {
      events.add(new BatchEvent());
    }
  }

  /** Adds an observation or a future update; the batch must not be full. */
  void add(KeyedEvent event) {
    events.get(size).event = event;
    size++;
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size == events.size();
  }

  /** Newest event time that was ever stepped; {@link Long#MIN_VALUE} at first. */
  long newestTime() {
    return stepper.newestTime();
  }

  /** How many keys' clocks were set back; valid after {@link #step}. */
  int clocksSetBack() {
    return clocksSetBack;
  }

  /** Keys that were re-warmed, and by how many steps; valid after {@link #step}. */
  Rewarmer rewarmed() {
    return rewarmer;
  }

  /** How many keys' states nobody knew the meaning of; valid after {@link #step}. */
  int begunAnew() {
    return begunAnew;
  }

  /** Keys that go on from what their shadow made of them; valid after {@link #step}. */
  int promoted() {
    return shadows.promoted();
  }

  /** Steps everything added. */
  void step() throws Exception {
    int from = 0;
    for (int i = 0; i < size; i++) {
      BatchEvent each = events.get(i);
      BatchKey key = batchKey(each.event.key());
      each.key = key;
      each.setBack = false;
      each.before = key.partition;
      if (each.event instanceof FutureUpdate futureUpdate) {
        each.champion.tenure = admit(futureUpdate, each);
      } else {
        from = admit((Observation) each.event, i, from);
      }
    }
    step(from, size);
    scatter();
  }

  /**
   * Judges an observation, and has those from one on stepped that must be before it.
   *
   * @return the first that is yet to be stepped
   */
  private int admit(Observation observation, int place, int from) throws Exception {
    BatchEvent each = events.get(place);
    long lastTime = each.key.clock.lastTime();
    KeyClock.Verdict verdict = judge(observation, each.key);
    if (verdict == KeyClock.Verdict.LATE) {
      each.champion.tenure = BatchEvent.OUT_OF_ORDER;
      return from;
    }
    int first = from;
    if (verdict == KeyClock.Verdict.SET_BACK) {
      first = stepped(from, place);
      each.setBack = true;
      clocksSetBack++;
    }
    Tenure turn = versions.at(observation.time());
    Tenure shadow = versions.shadow(observation.time()).orElse(null);
    each.afresh = startsAfresh(lastTime, observation.time());
    boolean waits = each.key.tenure != BatchEvent.NONE;
    if (shadows.admit(each, shadow, turn) && waits) {
      first = stepped(first, place);
    }
    admit(each, turn, shadow);
    return first;
  }

  private int stepped(int from, int to) throws Exception {
    step(from, to);
    return to;
  }

  /** Steps the events from one to before another, which were judged. */
  private void step(int from, int to) throws Exception {
    List<BatchEvent> judged = events.subList(from, to);
    shadows.prepare(judged);
    turns.sort(Comparator.comparingInt(Tenure::index));
    for (Tenure turn : turns) {
      stepper.step(turn, judged);
    }
    turns.clear();
    if (to < size) {
      keys.values().forEach(key -> key.tenure = BatchEvent.NONE);
    }
  }

  KeyedEvent event(int index) {
    return events.get(index).event;
  }

  /** Whether the event was older than its key's last observation; valid after {@link #step}. */
  boolean isOutOfOrder(int index) {
    return events.get(index).champion.tenure == BatchEvent.OUT_OF_ORDER;
  }

  /** Partition of its key's last observation that was in order, before it; below 0 for none. */
  int partitionBefore(int index) {
    return events.get(index).before;
  }

  /**
   * Whether it is a future update of a key that has no observation, or that is forgotten by then.
   */
  boolean lacksObservation(int index) {
    return events.get(index).champion.tenure == BatchEvent.NO_OBSERVATION;
  }

  /**
   * Null for a future update, and where the observation is out of order or its outputs not finite.
   */
  @Nullable Prediction prediction(int index) {
    return events.get(index).champion.prediction;
  }

  /** What the observation's shadow says of it, as {@link #prediction}; null where it has none. */
  @Nullable Prediction shadowPrediction(int index) {
    return events.get(index).shadow.prediction;
  }

  /** Forgets the observations and what became of them. */
  void clear() {
    for (int i = 0; i < size; i++) {
      events.get(i).clear();
    }
    keys.clear();
    size = 0;
    clocksSetBack = 0;
    begunAnew = 0;
    rewarmer.clear();
    shadows.clear();
  }

  private KeyClock.Verdict judge(Observation observation, BatchKey key) {
    int late = key.clock.late();
    KeyClock.Verdict verdict = key.clock.judge(observation, settings.maxAheadMillis());
    key.changed |= late > 0 || key.clock.late() > 0; // a late one may change the clock alone
    return verdict;
  }

  private void admit(BatchEvent each, Tenure turn, @Nullable Tenure shadow) {
    each.champion.tenure = turn.index();
    each.key.changed = true;
    each.key.partition = each.event.partition();
    each.key.tenure = turn.index();
    if (!turns.contains(turn)) {
      turns.add(turn);
    }
    if (shadow != null && !turns.contains(shadow)) {
      turns.add(shadow);
    }
  }

  private int admit(FutureUpdate futureUpdate, BatchEvent each) throws Exception {
    BatchKey key = each.key;
    if (futureUpdate.time() < key.clock.lastTime()) {
      return BatchEvent.OUT_OF_ORDER;
    }
    if (startsAfresh(key.clock.lastTime(), futureUpdate.time())) {
      return BatchEvent.NO_OBSERVATION;
    }
    key.changed = true;
    boolean waits = key.tenure != BatchEvent.NONE;
    shadows.admit(each, futureUpdate, !waits);
    if (!waits) {
      tellNow(futureUpdate, key);
    }
    return key.tenure;
  }

  /** Tells a key of which nothing waits to be stepped. */
  private void tellNow(FutureUpdate futureUpdate, BatchKey key) throws Exception {
    if (!versions.has(key.champion.made())) { // the one that stepped it last is refused since
      Tenure tenure = versions.at(key.clock.lastTime());
      rewarmer.stage(key, key.champion, tenure);
      rewarmer.step(tenure);
      key.champion.enter(false, tenure, versions);
    }
    ServingModel model = versions.model(key.champion.made());
    model.runner().tellNow(key.champion.there(), model.mapping().map(futureUpdate.future()));
    key.recent.add(futureUpdate.future());
  }

  private BatchKey batchKey(String name) throws Exception {
    BatchKey key = keys.get(name);
    if (key == null) {
      if (pool.size() == keys.size()) {
        pool.add(new BatchKey(new RecentInputs(settings.rewarmSteps(), fields)));
      }
      key = pool.get(keys.size());
      key.start(name, states.read(name), versions);
      shadows.start(key);
      keys.put(name, key);
    }
    return key;
  }

  private boolean startsAfresh(long lastTime, long time) {
    return lastTime == Long.MIN_VALUE || time - lastTime >= settings.forgetAfterMillis();
  }

  private void scatter() throws Exception {
    for (int k = 0; k < keys.size(); k++) {
      BatchKey key = pool.get(k);
      begunAnew += key.champion.begunAnew ? 1 : 0;
      if (key.changed) {
        states.write(key.name, key.stored(), key.modelBefore, key.lastTimeBefore);
        key.recent.write(states, key.name);
        shadows.write(key);
      }
      key.end();
    }
  }
}
