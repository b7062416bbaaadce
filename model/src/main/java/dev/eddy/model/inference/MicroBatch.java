package dev.eddy.model.inference;

import dev.eddy.model.spec.RawFuture;
import dev.eddy.model.spec.RawInput;
import dev.eddy.model.tensor.PackedSequence;
import java.util.Arrays;

/**
 * The observations staged for one step, and where each lies in the packed sequence: keys ranked by
 * descending number of observations (first staged first among equals), rows wave by wave. Outlooks
 * stand between the observations and have no row. Reused; arrays grow, never shrink.
 */
final class MicroBatch {
  private static final int INITIAL = 16;

  private final PackedSequence packed;

  private RecurrentState[] states = new RecurrentState[INITIAL]; // [keys]
  private int[] counts = new int[INITIAL]; // [keys] observations
  private int[] ranks = new int[INITIAL]; // [keys] place in packed order
  private boolean[] broken = new boolean[INITIAL]; // [keys]
  private int keys;

  private RawInput[] inputs = new RawInput[INITIAL]; // [slots]
  private int[] slotKeys = new int[INITIAL]; // [slots]
  private int[] slotWaves = new int[INITIAL]; // [slots] place among the key's own observations
  private int slots;

  private RawFuture[] outlooks = new RawFuture[INITIAL]; // [outlooks]
  private RecurrentState[] outlookStates = new RecurrentState[INITIAL]; // [outlooks]
  private int[] outlookSlots = new int[INITIAL]; // [outlooks] first slot that was staged later
  private int outlookCount;

  private int[] batchSizes = new int[INITIAL]; // [waves]
  private int[] waveStarts = new int[INITIAL]; // [waves] first row
  private int waves;

  MicroBatch(int inputSize) {
    this.packed = new PackedSequence(inputSize);
  }

  int add(RecurrentState state, RawInput input) {
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

  /** Adds what is known of a key's future from here on; it takes no row. */
  void addOutlook(RecurrentState state, RawFuture future) {
    if (outlookCount == outlooks.length) {
      outlooks = Arrays.copyOf(outlooks, 2 * outlookCount);
      outlookStates = Arrays.copyOf(outlookStates, 2 * outlookCount);
      outlookSlots = Arrays.copyOf(outlookSlots, 2 * outlookCount);
    }
    outlooks[outlookCount] = future;
    outlookStates[outlookCount] = state;
    outlookSlots[outlookCount++] = slots;
  }

  private int keyOf(RecurrentState state) {
    int known = state.stagedAt;
    if (known < keys && states[known] == state) {
      return known;
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
    Arrays.fill(outlooks, 0, outlookCount, null);
    Arrays.fill(outlookStates, 0, outlookCount, null);
    outlookCount = 0;
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

  RecurrentState state(int key) {
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

  int outlooks() {
    return outlookCount;
  }

  RawFuture outlook(int outlook) {
    return outlooks[outlook];
  }

  RecurrentState outlookState(int outlook) {
    return outlookStates[outlook];
  }

  /** The first slot that was staged after the outlook. */
  int slotAfter(int outlook) {
    return outlookSlots[outlook];
  }

  /** Whether the outlook's key was {@linkplain #markBroken marked}. */
  boolean isOfBrokenKey(int outlook) {
    RecurrentState state = outlookStates[outlook];
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
