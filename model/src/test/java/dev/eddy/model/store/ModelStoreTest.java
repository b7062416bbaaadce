package dev.eddy.model.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.spec.NetworkShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
  private static final ModelId FIRST = new ModelId("wind", 1);

  @TempDir Path directory;
  private ModelStore store;

  @BeforeEach
  void open() {
    store = ModelStore.at(directory.resolve("models"));
  }

  @Test
  void what_is_published_is_loaded_back() {
    PublishedModel published = StoredModels.publish(store, 7);
    assertThat(published.id()).isEqualTo(FIRST);
    TrainedModel loaded = store.load(FIRST, published.digest());
    assertThat(loaded.id()).isEqualTo(FIRST);
    assertThat(loaded.spec()).isEqualTo(StoredModels.SPEC);
    NetworkWeights expected = NetworkWeights.initialise(StoredModels.NETWORK, 7);
    assertThat(loaded.weights().tensors()).containsOnlyKeys(expected.tensors().keySet());
    for (String name : expected.tensors().keySet()) {
      assertThat(loaded.weights().values(name)).isEqualTo(expected.values(name));
    }
    assertThat(store.beside(FIRST))
        .containsExactly(Map.entry("network.zip", StoredModels.NETWORK_ZIP));
    assertThat(store.digest(FIRST)).isEqualTo(published.digest()).hasSize(64);
  }

  @Test
  void the_model_file_keeps_provenance_metrics_and_hashes() {
    StoredModels.publish(store, 7);
    ModelFile file = store.describe(FIRST);
    assertThat(file.provenance()).isEqualTo(StoredModels.PROVENANCE);
    assertThat(file.metrics()).isEqualTo(StoredModels.METRICS);
    assertThat(file.sha256()).containsOnlyKeys("weights.safetensors", "network.zip");
  }

  @Test
  void a_file_that_is_longer_than_a_version_can_be_is_not_read_whole() throws IOException {
    StoredModels.publish(store, 7);
    try (FileChannel weights =
        FileChannel.open(file("weights.safetensors"), StandardOpenOption.WRITE)) {
      weights.write(ByteBuffer.wrap(new byte[1]), 1L << 40); // sparse
    }
    assertThatExceptionOfType(ModelRefusedException.class)
        .isThrownBy(() -> store.load(FIRST))
        .withMessageMatching(
            ".*weights.safetensors: more than \\d+ bytes \\(must be at most as many\\)");
  }

  @Test
  void versions_count_upwards_and_never_change() throws IOException {
    assertThat(store.list()).isEmpty();
    assertThat(store.list("wind")).isEmpty();
    StoredModels.publish(store, 1);
    byte[] before = Files.readAllBytes(file("model.json"));
    StoredModels.publish(store, 2);
    assertThat(store.list("wind")).containsExactly(FIRST, new ModelId("wind", 2));
    assertThat(store.list()).containsExactly(FIRST, new ModelId("wind", 2));
    assertThat(file("model.json")).hasBinaryContent(before);
  }

  @Test
  void a_version_left_half_published_is_neither_listed_nor_reused() throws IOException {
    Files.createDirectories(file("weights.safetensors").getParent());
    Files.write(file("weights.safetensors"), new byte[] {1});
    assertThat(store.list("wind")).isEmpty();
    assertThat(StoredModels.publish(store, 1).id()).isEqualTo(new ModelId("wind", 2));
  }

  @Test
  void a_stray_file_beside_the_models_is_no_model() throws IOException {
    StoredModels.publish(store, 1);
    Files.writeString(
        file("weights.safetensors").getParent().getParent().resolveSibling("README"), "hello");
    assertThat(store.list()).containsExactly(FIRST);
  }

  @Test
  void concurrent_publishers_get_distinct_versions() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<PublishedModel>> publishers = new ArrayList<>();
      for (int seed = 0; seed < 24; seed++) {
        int own = seed;
        publishers.add(() -> StoredModels.publish(store, own));
      }
      List<ModelId> ids = new ArrayList<>();
      for (Future<PublishedModel> published : threads.invokeAll(publishers)) {
        ids.add(published.get().id());
        store.load(published.get().id(), published.get().digest());
      }
      assertThat(ids).doesNotHaveDuplicates().hasSize(24);
      assertThat(store.list("wind")).containsExactlyInAnyOrderElementsOf(ids);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void other_weights_than_published_are_refused() throws IOException {
    StoredModels.publish(store, 1);
    byte[] weights = Files.readAllBytes(file("weights.safetensors"));
    weights[weights.length - 1] ^= 1;
    Files.write(file("weights.safetensors"), weights);
    assertRefused("weights.safetensors: SHA-256 ");
  }

  @Test
  void truncated_weights_are_refused() throws IOException {
    StoredModels.publish(store, 1);
    byte[] weights = Files.readAllBytes(file("weights.safetensors"));
    Files.write(file("weights.safetensors"), Arrays.copyOf(weights, weights.length / 2));
    assertRefused("weights.safetensors: SHA-256 ");
  }

  @Test
  void a_spec_that_does_not_fit_the_weights_is_refused() throws IOException {
    StoredModels.publish(store, 1);
    rewriteModel("\"hiddenSize\" : 5", "\"hiddenSize\" : 6");
    assertRefused("tensor layers.0.weight: shape [7, 20] (must be [7, 24])");
  }

  @Test
  void another_model_file_than_announced_is_refused() throws IOException {
    PublishedModel published = StoredModels.publish(store, 1);
    rewriteModel("\"seed\" : 42", "\"seed\" : 43");
    assertThatExceptionOfType(ModelRefusedException.class)
        .isThrownBy(() -> store.load(FIRST, published.digest()))
        .withMessageContainingAll("model wind@1", "model.json: SHA-256", published.digest());
  }

  @Test
  void a_model_file_that_is_none_is_refused_in_one_line() throws IOException {
    StoredModels.publish(store, 1);
    rewriteModel("\"seed\" : 42", "\"sead\" : 42");
    assertRefused("provenance.seed: missing");
    Files.writeString(file("model.json"), "{\"format\": 1");
    assertRefused("model.json: ");
    Files.writeString(file("model.json"), "null");
    assertRefused("model.json: null (must be an object)");
  }

  @Test
  void a_newer_format_is_refused() throws IOException {
    StoredModels.publish(store, 1);
    rewriteModel("\"format\" : 1", "\"format\" : 2");
    assertRefused("format: 2 (must be 1)");
  }

  @Test
  void a_version_under_anothers_number_is_refused() throws IOException {
    StoredModels.publish(store, 1);
    rewriteModel("wind@1", "wind@2");
    assertRefused("id: wind@2 (must be wind@1)");
  }

  @Test
  void what_is_not_there_may_come_and_is_not_refused() throws IOException {
    assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> store.load(FIRST));
    StoredModels.publish(store, 1);
    Files.delete(file("weights.safetensors"));
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> store.load(FIRST))
        .withMessageContaining("weights.safetensors: cannot be read");
  }

  @Test
  void weights_that_do_not_fit_the_spec_are_not_published() {
    NetworkShape other = new NetworkShape(CellType.LSTM, 7, 5, 2, 3);
    NetworkWeights weights = NetworkWeights.initialise(other, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                store.publish(
                    "wind",
                    StoredModels.SPEC,
                    weights,
                    StoredModels.PROVENANCE,
                    Map.of(),
                    Map.of()))
        .withMessageContaining("weights of NetworkShape[layers=[LstmShape[");
    assertThat(store.list()).isEmpty();
  }

  private void assertRefused(String message) {
    assertThatExceptionOfType(ModelRefusedException.class)
        .isThrownBy(() -> store.load(FIRST))
        .withMessageStartingWith("model wind@1: ")
        .withMessageContaining(message)
        .satisfies(refused -> assertThat(refused.getMessage().lines()).hasSize(1));
  }

  private void rewriteModel(String target, String replacement) throws IOException {
    String json = Files.readString(file("model.json"));
    assertThat(json).contains(target);
    Files.writeString(file("model.json"), json.replace(target, replacement));
  }

  private Path file(String name) {
    return directory.resolve("models/wind/1").resolve(name);
  }
}
