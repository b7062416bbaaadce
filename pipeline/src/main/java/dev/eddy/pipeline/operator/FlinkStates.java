package dev.eddy.pipeline.operator;

import dev.eddy.pipeline.state.RecentMark;
import dev.eddy.pipeline.state.StoredKeyState;
import dev.eddy.pipeline.state.StoredKeyStateSerializer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps keys' states in Flink's keyed state backend; sets the key itself, because nobody else does.
 * What a step rewrites, and a key's recent inputs, which are appended to, lie apart; so does what
 * its shadow rewrites.
 */
final class FlinkStates implements KeyedStates {
  /** What savepoints call the keyed state, from when it was named after the hidden state alone. */
  static final String KEY_STATE = "hidden";

  private static final String SHADOW = "shadow";
  private static final String RECENT = "recent-inputs-"; // and the half

  private final KeyedStateStore store;
  private final Consumer<String> setKey;
  private final ValueState<StoredKeyState> keyState;
  private final List<ListState<byte[]>> halves = new ArrayList<>(); // none until one is needed
  private @Nullable ValueState<StoredKeyState> shadow; // null until it is needed

  /** Hears that the current key was observed: its last time before, and since. */
  interface Observed {
    void accept(long before, long now);
  }

  private Observed observed = (before, now) -> {};

  FlinkStates(KeyedStateStore store, Consumer<String> setKey) {
    this.store = store;
    this.setKey = setKey;
    keyState =
        store.getState(new ValueStateDescriptor<>(KEY_STATE, new StoredKeyStateSerializer()));
  }

  void listen(Observed listener) {
    observed = listener;
  }

  @Override
  public @Nullable StoredKeyState read(String key) throws Exception {
    setKey.accept(key);
    return keyState.value();
  }

  @Override
  public void write(String key, StoredKeyState state, long before) throws Exception {
    setKey.accept(key);
    keyState.update(state);
    observed.accept(before, state.lastTime());
  }

  /** Last time of the current key; {@link Long#MIN_VALUE} where nothing is kept of it. */
  long lastTime() throws Exception {
    StoredKeyState state = keyState.value();
    return state == null ? Long.MIN_VALUE : state.lastTime();
  }

  /** Forgets the current key. */
  void forget() throws Exception {
    StoredKeyState state = keyState.value();
    if (state != null && state.recent().half() != 0) {
      half(RecentMark.FIRST).clear();
      half(RecentMark.SECOND).clear();
    }
    if (state != null && state.shadowed()) {
      shadowState().clear();
    }
    keyState.clear();
  }

  @Override
  public @Nullable StoredKeyState shadow(String key) throws Exception {
    setKey.accept(key);
    return shadowState().value();
  }

  @Override
  public void writeShadow(String key, StoredKeyState state) throws Exception {
    shadowState().update(state);
  }

  @Override
  public void forgetShadow(String key) {
    shadowState().clear();
  }

  private ValueState<StoredKeyState> shadowState() {
    ValueState<StoredKeyState> known = shadow;
    if (known == null) {
      known = store.getState(new ValueStateDescriptor<>(SHADOW, new StoredKeyStateSerializer()));
      shadow = known;
    }
    return known;
  }

  @Override
  public Iterable<byte[]> recent(String key, int half) throws Exception {
    setKey.accept(key);
    return half(half).get();
  }

  @Override
  public void keep(String key, int half, boolean anew, List<byte[]> records) throws Exception {
    if (anew) {
      half(half).update(records);
    } else {
      half(half).addAll(records);
    }
  }

  private ListState<byte[]> half(int half) {
    if (halves.isEmpty()) {
      for (int each = RecentMark.FIRST; each <= RecentMark.SECOND; each++) {
        halves.add(
            store.getListState(
                new ListStateDescriptor<>(RECENT + each, BytePrimitiveArraySerializer.INSTANCE)));
      }
    }
    return halves.get(half - RecentMark.FIRST);
  }
}
