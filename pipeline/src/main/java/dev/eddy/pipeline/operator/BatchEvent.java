package dev.eddy.pipeline.operator;

import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.pipeline.version.Tenure;
import org.jspecify.annotations.Nullable;

/** Holds one event of a micro-batch, and what becomes of it. Reused. */
final class BatchEvent {
  /** In place of a tenure's place on the timeline. */
  static final int NONE = -1;

  static final int OUT_OF_ORDER = -2;
  static final int NO_OBSERVATION = -3; // a future update with nothing to go on from

  private static final KeyedEvent NOTHING = new FutureUpdate("", 0, FutureValues.NONE, 0, 0);

  KeyedEvent event = NOTHING;
  BatchKey key = BatchKey.NOBODY; // those of one key are the same object
  final Part champion = new Part();
  final Part shadow = new Part();
  boolean
      promotes; // whether the version that serves it goes on from what its shadow made of the key
  @Nullable Tenure branch; // of a shadow that goes on from what served the key so far
  boolean afresh; // whether the key starts anew with this observation
  boolean setBack; // whether it sets the key's clock back
  int before; // partition of the key's last observation before it
  RecentInputs.@Nullable Added half; // of the key's recent inputs, if one begins with it

  /** What a tenure makes of it: the one that serves, or its shadow. */
  static final class Part {
    int tenure = NONE; // place on the timeline, or why there is none
    int slot; // where the runner of its tenure has staged it
    @Nullable Prediction prediction; // null where there is none
  }

  /** The part that a tenure makes of it. */
  Part part(Tenure turn) {
    return turn.shadow() ? shadow : champion;
  }

  void clear() {
    event = NOTHING;
    key = BatchKey.NOBODY;
    half = null;
    promotes = false;
    branch = null;
    champion.prediction = null;
    shadow.prediction = null;
    shadow.tenure = NONE;
  }
}
