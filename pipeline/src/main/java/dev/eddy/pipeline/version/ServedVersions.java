package dev.eddy.pipeline.version;

import dev.eddy.model.encoding.InputEncoder;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.pipeline.state.ExactModel;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers what the versions were made of that have served, in this run of the job and those
 * before it: keys' states of them live on when their files are gone, or out of memory. Confined to
 * one thread.
 */
final class ServedVersions {
  private final Map<ExactModel, ServedVersion> served = new LinkedHashMap<>();
  private final Map<ExactModel, InputEncoder> encoders = new HashMap<>(); // as needed
  private Map<Integer, String> digests = Map.of(); // by version, of states that name none

  /**
   * What an earlier run of the job has served.
   *
   * @param undigested by version, the digest of what made the states that name none
   */
  void remember(Map<ExactModel, ServedVersion> earlier, Map<Integer, String> undigested) {
    served.putAll(earlier);
    digests = Map.copyOf(undigested);
  }

  void add(ExactModel model, ServedVersion version) {
    served.putIfAbsent(model, version);
  }

  Map<ExactModel, ServedVersion> all() {
    return Map.copyOf(served);
  }

  boolean has(ExactModel model) {
    return served.containsKey(model);
  }

  /** What a version is made of; empty if it never served. */
  Optional<ModelSpec> spec(ExactModel model) {
    return Optional.ofNullable(served.get(model)).map(ServedVersion::spec);
  }

  /** How a version lays out what it remembers of a key; empty if it never served. */
  Optional<InputEncoder> encoder(ExactModel model) {
    return spec(model)
        .map(spec -> encoders.computeIfAbsent(model, unused -> new InputEncoder(spec)));
  }

  /** The model that made a state, as far as is known where an older Eddy stored it. */
  ExactModel identify(ExactModel stored) {
    return stored.isDigested() || !digests.containsKey(stored.version())
        ? stored
        : ExactModel.of(stored.version(), digests.get(stored.version()));
  }
}
