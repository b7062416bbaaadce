package dev.eddy.pipeline.operator;

import dev.eddy.pipeline.state.ExactModel;
import dev.eddy.pipeline.state.RecentMark;
import dev.eddy.pipeline.state.StoredKeyState;
import dev.eddy.pipeline.state.StoredKeyStateSerializer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps keys' states in Flink's keyed state backend; sets the key itself, because nobody else does.
 * What a step rewrites, and a key's recent inputs, which are appended to, lie apart; so does what
 * its shadow rewrites.
 */
final class FlinkStates implements KeyedStates {
  /** What savepoints call the keyed state, from when it was named after the hidden state alone. */
  private static final String KEY_STATE = "hidden";

  private static final String SHADOW = "shadow";
  private static final String RECENT = "recent-inputs-"; // and the half

  private final KeyedStateStore store;
  private final Consumer<String> setKey;
  private final ValueState<StoredKeyState> keyState;
  private final List<ListState<byte[]>> halves = new ArrayList<>(); // none until one is needed
  private @Nullable ValueState<StoredKeyState> shadow; // null until it is needed

  /** Hears that the current key was observed: what made its state, and its last time, before. */
  interface Observed {
    void accept(@Nullable ExactModel made, long before, StoredKeyState now);
  }

  private Observed observed = (made, before, now) -> {};

  FlinkStates(KeyedStateStore store, Consumer<String> setKey) {
    this.store = store;
    this.setKey = setKey;
    keyState = store.getState(descriptor());
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
  public void write(String key, StoredKeyState state, @Nullable ExactModel made, long before)
      throws Exception {
    setKey.accept(key);
    keyState.update(state);
    observed.accept(made, before, state);
  }

  /** Shows every key of which anything is kept, each as the current one. */
  static void each(KeyedStateBackend<String> backend, BiConsumer<String, StoredKeyState> visitor)
      throws Exception {
    backend.applyToAllKeys(
        VoidNamespace.INSTANCE,
        VoidNamespaceSerializer.INSTANCE,
        descriptor(),
        (key, state) -> visitor.accept(key, state.value()));
  }

  private static ValueStateDescriptor<StoredKeyState> descriptor() {
    return new ValueStateDescriptor<>(KEY_STATE, new StoredKeyStateSerializer());
  }

  /** What is kept of the current key; null for nothing. */
  @Nullable StoredKeyState current() throws Exception {
    return keyState.value();
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
