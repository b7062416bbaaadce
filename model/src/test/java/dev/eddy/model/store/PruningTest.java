package dev.eddy.model.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.model.spec.ModelId;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is pruned is gone, its number is not, and nothing half is left that looks whole. */
class PruningTest {
  private static final ModelId FIRST = new ModelId("wind", 1);
  private static final ModelId SECOND = new ModelId("wind", 2);
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final Set<String> WRITES = Set.of("createExclusively", "delete");

  @TempDir Path directory;
  private ModelStore store;

  @BeforeEach
  void publish() {
    store = ModelStore.at(directory);
    StoredModels.publish(store, 1);
    StoredModels.publish(store, 2);
  }

  @Test
  void a_pruned_version_is_gone_and_the_next_number_is_a_new_one() throws IOException {
    long size = size(SECOND);
    assertThat(store.prune(SECOND, NOW)).isEqualTo(size);
    assertThat(store.list("wind")).containsExactly(FIRST);
    assertThat(store.pruned("wind")).containsExactly(SECOND);
    assertThat(store.halfPruned("wind")).isEmpty();
    assertThatExceptionOfType(PrunedVersionException.class)
        .isThrownBy(() -> store.load(SECOND))
        .withMessage("model wind@2: was pruned at 2026-01-31T12:00:00Z");
    assertThat(StoredModels.publish(ModelStore.at(directory), 3).id())
        .isEqualTo(new ModelId("wind", 3));
    assertThat(store.load(FIRST)).isNotNull();
  }

  @Test
  void pruning_twice_frees_nothing_more() {
    store.prune(FIRST, NOW);
    assertThat(store.prune(FIRST, NOW.plusSeconds(60))).isZero();
    assertThatThrownBy(() -> store.describe(FIRST)).hasMessageContaining("2026-01-31T12:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void what_is_torn_looks_pruned_and_can_be_finished(int done) throws IOException {
    ModelStore torn = new ModelStore(failingAfter(done));
    assertThatExceptionOfType(UnusableStoreException.class)
        .isThrownBy(() -> torn.prune(SECOND, NOW))
        .withMessageContaining("cannot be pruned");
    assertThat(store.list("wind")).containsExactly(FIRST);
    assertThat(store.halfPruned("wind")).containsExactly(SECOND);
    if (done > 1) { // before that it is whole, to the digest
      assertThatExceptionOfType(PrunedVersionException.class).isThrownBy(() -> store.load(SECOND));
    }
    store.prune(SECOND, NOW);
    assertThat(store.halfPruned("wind")).isEmpty();
    assertThat(size(SECOND)).isEqualTo(NOW.toString().length());
  }

  /** The folder's files, until so many have been written or removed. */
  private StoreFiles failingAfter(int done) {
    StoreFiles files = new LocalStoreFiles(directory);
    AtomicInteger left = new AtomicInteger(done);
    return (StoreFiles)
        Proxy.newProxyInstance(
            StoreFiles.class.getClassLoader(),
            new Class<?>[] {StoreFiles.class},
            (proxy, method, arguments) -> {
              if (WRITES.contains(method.getName()) && left.getAndDecrement() <= 0) {
                throw new IOException("the disk is gone");
              }
              try {
                return method.invoke(files, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private long size(ModelId id) throws IOException {
    Path folder = directory.resolve(id.name()).resolve(Integer.toString(id.version()));
    long size = 0;
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        size += Files.size(file);
      }
    }
    return size;
  }
}
