package dev.eddy.model.store;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.spec.CalendarPart;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.Encodings;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.NetworkShape;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small model to publish. */
final class StoredModels {
  static final NetworkShape NETWORK = new NetworkShape(CellType.SRU, 7, 5, 2, 3);

  static final ModelSpec SPEC =
      new ModelSpec(
          NETWORK,
          Encodings.of(
              List.of(new InputEncoding.NumericFeature("speed", true, 1.25, 0.1, 4)),
              List.of(new InputEncoding.CategoricalFeature("direction", List.of("E", "N"))),
              List.of(CalendarPart.HOUR_OF_DAY),
              ZoneId.of("Asia/Shanghai"),
              Optional.of(Duration.ofHours(1)),
              Duration.ofHours(1),
              List.of(),
              List.of(8)),
          new Head.Classes(List.of("calm", "breeze", "storm")));

  static final Provenance PROVENANCE =
      new Provenance("topic wind, 2 keys", "0.1.0", 42, "a test", Instant.EPOCH);

  static final Map<String, Object> METRICS = Map.of("accuracy", 0.5, "keys", List.of("a", "b"));

  static final byte[] NETWORK_ZIP = {1, 2, 3};

  private StoredModels() {}

  /** Publishes the next version of {@code wind}, with weights of that seed. */
  static PublishedModel publish(ModelStore store, long seed) {
    NetworkWeights weights = NetworkWeights.initialise(NETWORK, seed);
    return store.publish(
        "wind", SPEC, weights, PROVENANCE, METRICS, Map.of("network.zip", NETWORK_ZIP));
  }
}
