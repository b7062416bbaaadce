package dev.eddy.model.inference;

import dev.eddy.model.encoding.KeyMemory;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Copies what is remembered of keys before some of a micro-batch's observations; mostly of none.
 */
final class MemoryCopies {
  private final Map<Integer, @Nullable KeyMemory> wanted = new HashMap<>(); // by slot

  void want(int slot) {
    wanted.put(slot, null);
  }

  /** Copies a slot's, if it is wanted; again where it is stepped again. */
  void take(int slot, KeyMemory memory) {
    if (!wanted.isEmpty() && wanted.containsKey(slot)) {
      wanted.put(slot, memory.copy());
    }
  }

  KeyMemory of(int slot) {
    return Objects.requireNonNull(wanted.get(slot), "wanted, and stepped");
  }

  void clear() {
    wanted.clear();
  }
}
