package dev.eddy.pipeline.version.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.model.spec.ModelId;
import dev.eddy.model.store.ModelStore;
import dev.eddy.model.store.PrunedVersionException;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.operator.TestModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoresTest {
  @TempDir Path directory;

  @Test
  void a_version_is_pruned_in_any_file_system_of_flinks() {
    ModelStore store = new ModelStore(new FlinkStoreFiles(directory.toUri()));
    TestModels models = new TestModels(directory);
    ModelId first = models.publish(1).id();
    ModelId second = models.publish(2).id();
    assertThat(store.prune(first, Instant.EPOCH)).isPositive();
    assertThat(store.prune(first, Instant.EPOCH)).isZero();
    assertThat(store.list(TestModels.NAME)).containsExactly(second);
    assertThat(store.pruned(TestModels.NAME)).containsExactly(first);
    assertThatExceptionOfType(PrunedVersionException.class).isThrownBy(() -> store.describe(first));
  }

  @Test
  void a_directory_and_its_uri_are_the_same_store() {
    PublishedModel model = new TestModels(directory).publish(1);
    assertThat(ModelStores.open(directory.toString()).list()).containsExactly(model.id());
    assertThat(ModelStores.open(directory.toUri().toString()).list()).containsExactly(model.id());
  }

  @Test
  void a_store_on_a_file_system_of_flinks_reads_what_was_published() {
    PublishedModel model = new TestModels(directory).publish(1);
    ModelStore store = new ModelStore(new FlinkStoreFiles(directory.toUri()));
    assertThat(store.list()).containsExactly(model.id());
    assertThat(store.load(model.id(), model.digest()).id()).isEqualTo(model.id());
  }

  @Test
  void files_on_a_file_system_of_flinks_are_created_once() throws IOException {
    FlinkStoreFiles files = new FlinkStoreFiles(directory.toUri());
    assertThat(files.list("new")).isEmpty();
    assertThat(files.createExclusively("new/file", new byte[] {1})).isTrue();
    assertThat(files.createExclusively("new/file", new byte[] {2})).isFalse();
    assertThat(files.read("new/file", 9)).containsExactly(1);
    assertThat(files.list("new")).containsExactly("file");
    assertThat(files.exists("new/file")).isTrue();
  }

  @Test
  void a_file_system_that_flink_does_not_know_is_an_error_that_names_it() {
    assertThatThrownBy(() -> ModelStores.open("gopher://host/models").list())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("gopher");
  }
}
