package dev.eddy.pipeline.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.model.store.ModelRefusedException;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.operator.TestModels;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCacheTest {
  @TempDir Path store;
  private final ModelCache cache = new ModelCache(Thread::new);

  @Test
  void subtasks_share_one_copy_until_the_last_lets_go() throws Exception {
    PublishedModel model = new TestModels(store).publish(1);
    ModelCache.Lease one = acquire(model);
    ModelCache.Lease other = acquire(model);
    assertThat(one.loaded().get()).isSameAs(other.loaded().get());

    one.close();
    one.close();
    assertThat(cache.size()).isEqualTo(1);
    other.close();
    assertThat(cache.size()).isZero();
  }

  @Test
  void a_wrong_hash_is_refused_without_another_try_and_reported_once() throws Exception {
    TestModels models = new TestModels(store);
    PublishedModel model = models.publish(1);
    Files.write(models.weights(model), new byte[0]);
    try (ModelCache.Lease one = acquire(model);
        ModelCache.Lease other = acquire(model)) {
      assertThatThrownBy(() -> one.loaded().get()).hasCauseInstanceOf(ModelRefusedException.class);
      assertThat(one.firstToReport()).isTrue();
      assertThat(other.firstToReport()).isFalse();
    }
  }

  @Test
  void files_that_cannot_be_read_are_tried_again_by_who_comes_when_all_have_let_go()
      throws Exception {
    TestModels models = new TestModels(store);
    PublishedModel model = models.publish(1);
    Path weights = models.weights(model);
    Path elsewhere = store.resolve("elsewhere");
    Files.move(weights, elsewhere);
    try (ModelCache.Lease lease = acquire(model)) {
      assertThatThrownBy(() -> lease.loaded().get())
          .hasCauseInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("weights.safetensors: cannot be read");
    }
    Files.move(elsewhere, weights);
    try (ModelCache.Lease next = acquire(model)) {
      assertThat(next.loaded().get().id()).isEqualTo(model.id());
    }
  }

  @Test
  void a_store_that_is_away_is_waited_for_longer_if_the_version_has_served() throws Exception {
    Path away = store.resolve("away");
    PublishedModel model = new TestModels(store.resolve("here")).publish(1);
    Files.move(store.resolve("here"), away);
    String here = store.resolve("here").toString();
    try (ModelCache.Lease served = cache.acquire(here, model.id(), model.digest(), true);
        ModelCache.Lease unknown =
            new ModelCache(Thread::new).acquire(here, model.id(), "of another", false)) {
      // Both have tried as often; only one of them goes on.
      assertThatThrownBy(() -> unknown.loaded().get())
          .hasCauseInstanceOf(UncheckedIOException.class);
      Files.move(away, store.resolve("here"));
      assertThat(served.loaded().get().id()).isEqualTo(model.id());
    }
  }

  private ModelCache.Lease acquire(PublishedModel model) {
    return cache.acquire(store.toString(), model.id(), model.digest(), false);
  }
}
