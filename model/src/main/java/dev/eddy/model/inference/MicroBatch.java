package dev.eddy.model.inference;

import dev.eddy.model.spec.RawFuture;
import dev.eddy.model.spec.RawInput;
import dev.eddy.model.tensor.PackedSequence;
import java.util.Arrays;

/**
 * Holds the observations staged for one step, and says where each lies in the packed sequence: keys
 * ranked by descending number of observations (first staged first among equals), rows wave by wave.
 * Future updates stand between the observations and have no row. Reused; arrays grow, never shrink.
 */
final class MicroBatch {
  private static final int INITIAL = 16;

  private final PackedSequence packed;

  private KeyState[] states = new KeyState[INITIAL]; // [keys]
  private int[] counts = new int[INITIAL]; // [keys] observations
  private int[] ranks = new int[INITIAL]; // [keys] place in packed order
  private boolean[] broken = new boolean[INITIAL]; // [keys]
  private int keys;

  private RawInput[] inputs = new RawInput[INITIAL]; // [slots]
  private int[] slotKeys = new int[INITIAL]; // [slots]
  private int[] slotWaves = new int[INITIAL]; // [slots] place among the key's own observations
  private int slots;

  private RawFuture[] futureUpdates = new RawFuture[INITIAL]; // [future updates]
  private KeyState[] futureUpdateStates = new KeyState[INITIAL]; // [future updates]
  private int[] slotsAfter = new int[INITIAL]; // [future updates] first slot staged later
  private int futureUpdateCount;

  private int[] batchSizes = new int[INITIAL]; // [waves]
  private int[] waveStarts = new int[INITIAL]; // [waves] first row
  private int waves;

  MicroBatch(int inputSize) {
    this.packed = new PackedSequence(inputSize);
  }

  int add(KeyState state, RawInput input) {
    if (slots == inputs.length) {
      inputs = Arrays.copyOf(inputs, 2 * slots);
      slotKeys = Arrays.copyOf(slotKeys, 2 * slots);
      slotWaves = Arrays.copyOf(slotWaves, 2 * slots);
    }
    int key = keyOf(state);
    inputs[slots] = input;
    slotKeys[slots] = key;
    slotWaves[slots] = counts[key]++;
    waves = Math.max(waves, counts[key]);
    return slots++;
  }

  /** Adds what a record without an observation tells of a key's future; it takes no row. */
  void addFutureUpdate(KeyState state, RawFuture future) {
    if (futureUpdateCount == futureUpdates.length) {
      futureUpdates = Arrays.copyOf(futureUpdates, 2 * futureUpdateCount);
      futureUpdateStates = Arrays.copyOf(futureUpdateStates, 2 * futureUpdateCount);
      slotsAfter = Arrays.copyOf(slotsAfter, 2 * futureUpdateCount);
    }
    futureUpdates[futureUpdateCount] = future;
    futureUpdateStates[futureUpdateCount] = state;
    slotsAfter[futureUpdateCount++] = slots;
  }

  private int keyOf(KeyState state) {
    int staged = state.stagedAt;
    if (staged < keys && states[staged] == state) {
      return staged;
    }
    if (keys == states.length) {
      states = Arrays.copyOf(states, 2 * keys);
      counts = Arrays.copyOf(counts, 2 * keys);
      ranks = Arrays.copyOf(ranks, 2 * keys);
      broken = Arrays.copyOf(broken, 2 * keys);
    }
    states[keys] = state;
    counts[keys] = 0;
    broken[keys] = false;
    state.stagedAt = keys;
    return keys++;
  }

  /** Ranks the keys and lays out the packed sequence; inputs are still to be filled. */
  void pack() {
    if (batchSizes.length < waves) {
      batchSizes = new int[2 * waves];
      waveStarts = new int[2 * waves];
    }
    countKeysOfEachWave();
    // Keys with more observations than wave w number batchSizes[w], so the keys with exactly
    // w + 1 take the ranks from there on: a counting sort. waveStarts serves as its cursor first.
    for (int wave = 0; wave < waves; wave++) {
      waveStarts[wave] = wave + 1 < waves ? batchSizes[wave + 1] : 0;
    }
    for (int key = 0; key < keys; key++) {
      ranks[key] = waveStarts[counts[key] - 1]++;
    }
    int row = 0;
    for (int wave = 0; wave < waves; wave++) {
      waveStarts[wave] = row;
      row += batchSizes[wave];
    }
    packed.reset(batchSizes, waves);
  }

  private void countKeysOfEachWave() {
    Arrays.fill(batchSizes, 0, waves, 0);
    for (int slot = 0; slot < slots; slot++) {
      batchSizes[slotWaves[slot]]++;
    }
  }

  /** Makes the packed sequence a single row. */
  void packOne() {
    batchSizes[0] = 1;
    packed.reset(batchSizes, 1);
  }

  void clear() {
    Arrays.fill(states, 0, keys, null);
    Arrays.fill(inputs, 0, slots, null);
    Arrays.fill(futureUpdates, 0, futureUpdateCount, null);
    Arrays.fill(futureUpdateStates, 0, futureUpdateCount, null);
    futureUpdateCount = 0;
    keys = 0;
    slots = 0;
    waves = 0;
  }

  PackedSequence packed() {
    return packed;
  }

  int keys() {
    return keys;
  }

  int slots() {
    return slots;
  }

  int key(int slot) {
    return slotKeys[slot];
  }

  RawInput input(int slot) {
    return inputs[slot];
  }

  KeyState state(int key) {
    return states[key];
  }

  /** The key's row in every wave, counted from the wave's first. */
  int rank(int key) {
    return ranks[key];
  }

  /** The slot's row in the packed sequence. */
  int row(int slot) {
    return waveStarts[slotWaves[slot]] + ranks[slotKeys[slot]];
  }

  int futureUpdates() {
    return futureUpdateCount;
  }

  RawFuture futureUpdate(int futureUpdate) {
    return futureUpdates[futureUpdate];
  }

  KeyState futureUpdateState(int futureUpdate) {
    return futureUpdateStates[futureUpdate];
  }

  /** The first slot that was staged after the future update. */
  int slotAfter(int futureUpdate) {
    return slotsAfter[futureUpdate];
  }

  /** Whether the future update's key was {@linkplain #markBroken marked}. */
  boolean isOfBrokenKey(int futureUpdate) {
    KeyState state = futureUpdateStates[futureUpdate];
    int key = state.stagedAt;
    return key < keys && states[key] == state && broken[key];
  }

  void markBroken(int key) {
    broken[key] = true;
  }

  boolean isBroken(int key) {
    return broken[key];
  }
}
