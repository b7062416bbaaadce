package dev.eddy.pipeline.operator;

import dev.eddy.pipeline.state.ExactModel;
import dev.eddy.pipeline.state.KeyClock;
import dev.eddy.pipeline.state.RecentMark;
import dev.eddy.pipeline.state.RecentRecord;
import dev.eddy.pipeline.state.StoredKeyState;
import dev.eddy.pipeline.version.ModelVersions;
import dev.eddy.pipeline.version.Tenure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds one distinct key of a micro-batch, and its states from reading to writing. Reused. */
final class BatchKey {
  String name = "";
  final KeyClock clock = new KeyClock();
  final SteppedState champion = new SteppedState(); // by the versions that serve
  final SteppedState shadow = new SteppedState(); // by those that are stepped beside them
  boolean wasShadowed; // in the state that was stored
  @Nullable Tenure shadowed; // that stepped its last observation, or is yet to; null for none
  @Nullable ExactModel modelBefore; // the micro-batch; null for a key never seen
  long lastTimeBefore; // the micro-batch; Long.MIN_VALUE for a key never seen
  int partition; // of the last observation in order; StoredKeyState.NO_PARTITION for none
  boolean changed;
  int tenure; // of the last observation that is yet to be stepped; BatchEvent.NONE before one
  int turn; // whose observations of the key were staged last; BatchEvent.NONE before one
  final RecentInputs recent;

  /** Of an event that is not there yet. */
  static final BatchKey NOBODY =
      new BatchKey(new RecentInputs(0, new RecentRecord.Fields(List.of(), List.of())));

  BatchKey(RecentInputs recent) {
    this.recent = recent;
  }

  void start(String newName, @Nullable StoredKeyState stored, ModelVersions versions) {
    name = newName;
    changed = false;
    tenure = BatchEvent.NONE;
    turn = BatchEvent.NONE;
    shadow.clear();
    shadowed = null;
    wasShadowed = stored != null && stored.shadowed();
    recent.start(stored == null ? RecentMark.NONE : stored.recent());
    if (stored == null) {
      champion.clear();
      lastTimeBefore = Long.MIN_VALUE;
      partition = StoredKeyState.NO_PARTITION;
      clock.start();
    } else {
      champion.start(versions.identify(stored.model()), stored.keyState());
      lastTimeBefore = stored.lastTime();
      partition = stored.partition();
      clock.start(stored);
    }
    modelBefore = champion.model;
  }

  /** What is to be stored of the key. */
  StoredKeyState stored() {
    return new StoredKeyState(
        champion.made(),
        clock.lastTime(),
        clock.late(),
        clock.lateTime(),
        partition,
        recent.mark(),
        shadowed != null,
        champion.there());
  }

  /** The state that a tenure steps. */
  SteppedState stepped(Tenure turn) {
    return turn.shadow() ? shadow : champion;
  }

  /** Lets go of states that are stored. */
  void end() {
    champion.state = null;
    shadow.state = null;
  }
}
