package dev.eddy.pipeline.operator;

import dev.eddy.pipeline.state.ExactModel;
import dev.eddy.pipeline.state.RecentMark;
import dev.eddy.pipeline.state.StoredKeyState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes the states of a micro-batch's keys. */
interface KeyedStates {
  /** The key's state, which the caller may change and must then {@link #write}; null at first. */
  @Nullable StoredKeyState read(String key) throws Exception;

  /**
   * Replaces the key's state.
   *
   * @param made what has made its state until now; null for a new key
   * @param before its last time until now; {@link Long#MIN_VALUE} for a new key
   */
  void write(String key, StoredKeyState state, @Nullable ExactModel made, long before)
      throws Exception;

  /** What the key's shadow makes of it, as {@link #read} gives it; null where nothing is kept. */
  @Nullable StoredKeyState shadow(String key) throws Exception;

  /**
   * Replaces that.
   *
   * @param key the one that was written last
   */
  void writeShadow(String key, StoredKeyState state) throws Exception;

  /**
   * Lets it go.
   *
   * @param key the one that was written last
   */
  void forgetShadow(String key) throws Exception;

  /** The records of a half of the key's recent inputs, {@link RecentMark#FIRST} or the other. */
  Iterable<byte[]> recent(String key, int half) throws Exception;

  /**
   * Appends records to a half of the key's recent inputs.
   *
   * @param key the one that was written last
   * @param anew whether what it holds is dropped first
   */
  void keep(String key, int half, boolean anew, List<byte[]> records) throws Exception;
}
