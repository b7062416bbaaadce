package dev.eddy.pipeline.operator;

import dev.eddy.pipeline.state.StoredKeyState;
import org.jspecify.annotations.Nullable;

/** Reads and writes the states of a micro-batch's keys. */
interface KeyedStates {
  /** The key's state, which the caller may change and must then {@link #write}; null at first. */
  @Nullable StoredKeyState read(String key) throws Exception;

  /** Replaces the key's state. */
  void write(String key, StoredKeyState state) throws Exception;
}
