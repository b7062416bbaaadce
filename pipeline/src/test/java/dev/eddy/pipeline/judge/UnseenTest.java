package dev.eddy.pipeline.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.store.Learned;
import dev.eddy.model.store.ModelStore;
import dev.eddy.model.store.Provenance;
import dev.eddy.pipeline.operator.TestModels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnseenTest {
  @TempDir Path folder;

  @Test
  void what_is_newer_than_all_that_trained_a_version_is_unseen() {
    Unseen unseen = unseen("none", Optional.of(learned(Optional.empty())), Map.of());
    assertThat(unseen.holds("pump", 100)).isFalse();
    assertThat(unseen.holds("pump", 101)).isTrue();
  }

  @Test
  void keys_that_were_held_back_are_unseen_at_any_time() {
    byte[] keys = "[\"pump\",\"fan \\\"2\\\"\"]".getBytes(StandardCharsets.UTF_8);
    Unseen unseen =
        unseen("none", Optional.of(learned(Optional.of(2L))), Map.of(Learned.KEYS, keys));
    assertThat(unseen.holds("pump", 1)).isFalse();
    assertThat(unseen.holds("fan \"2\"", 1)).isFalse();
    assertThat(unseen.holds("valve", 1)).isTrue();
    assertThat(unseen.holds("pump", 101)).isTrue();
  }

  @Test
  void of_an_older_version_what_is_newer_than_its_history_is_unseen() {
    String data =
        "file a.csv: 5 observations from 1970-01-01T00:00:00Z to 1970-01-01T00:00:00.100Z";
    Unseen unseen = unseen(data, Optional.empty(), Map.of());
    assertThat(unseen.holds("pump", 100)).isFalse();
    assertThat(unseen.holds("pump", 101)).isTrue();
  }

  @Test
  void of_a_version_that_says_nothing_all_is_unseen() {
    assertThat(unseen("elsewhere", Optional.empty(), Map.of()).holds("pump", 1)).isTrue();
  }

  private Unseen unseen(String data, Optional<Learned> learned, Map<String, byte[]> beside) {
    ModelStore store = ModelStore.at(folder);
    ModelSpec spec = TestModels.spec(CellType.SRU, 1, 4, List.of("load", "wind"));
    ModelId id =
        store
            .publish(
                "test",
                spec,
                NetworkWeights.initialise(spec.network(), 1),
                new Provenance(data, "a test", 1, "any", Instant.EPOCH, learned),
                Map.of(),
                beside)
            .id();
    return Unseen.of(store, store.describe(id));
  }

  private static Learned learned(Optional<Long> keys) {
    return new Learned(
        Instant.EPOCH,
        Instant.ofEpochMilli(500),
        9,
        3,
        Instant.ofEpochMilli(100),
        keys,
        "digest",
        "simd",
        Optional.empty());
  }
}
