package dev.eddy.pipeline.judge;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.model.store.Learned;
import dev.eddy.model.store.ModelFile;
import dev.eddy.model.store.ModelRefusedException;
import dev.eddy.model.store.ModelStore;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Tells what a model version has not learned from. */
@FunctionalInterface
public interface Unseen {
  /** Whether it has not seen what happened to that key at that time. */
  boolean holds(String key, long time);

  /**
   * What a published version has not seen: whatever is newer than all that trained it, and keys
   * that were held back. Of a version that says nothing, all: it is then judged with what may
   * flatter it.
   */
  static Unseen of(ModelStore store, ModelFile file) {
    Optional<Learned> learned = file.provenance().learned();
    if (learned.isEmpty()) {
      OptionalLong newest = TrainingData.newest(file.provenance());
      return (key, time) -> newest.isEmpty() || time > newest.getAsLong();
    }
    long until = learned.get().trainedUntil().toEpochMilli();
    Optional<Set<String>> keys = trainedKeys(store, file);
    return (key, time) -> time > until || keys.filter(seen -> !seen.contains(key)).isPresent();
  }

  /**
   * The keys that a version has learned from, where others were held back; empty where none were,
   * or nobody knows any more which, so that it may have seen all.
   */
  static Optional<Set<String>> trainedKeys(ModelStore store, ModelFile file) {
    return store.missing(file).contains(Learned.KEYS)
        ? Optional.empty()
        : store.beside(file, Learned.KEYS).map(Unseen::keys);
  }

  private static Set<String> keys(byte[] json) {
    try {
      return Set.of(new ObjectMapper().readValue(json, String[].class));
    } catch (IOException e) {
      throw new ModelRefusedException(Learned.KEYS + ": " + e.getMessage(), e);
    }
  }
}
