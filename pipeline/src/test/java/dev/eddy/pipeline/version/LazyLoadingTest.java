package dev.eddy.pipeline.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.operator.TestModels;
import dev.eddy.pipeline.state.ExactModel;
import dev.eddy.pipeline.version.store.TrustedStores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version is in memory while something needs it, and no longer. */
class LazyLoadingTest {
  private static final int MANY = 10_000;

  @TempDir Path store;
  private final ModelCache cache = new ModelCache(Thread::new);
  private final AtomicLong clock = new AtomicLong();
  private final List<Boolean> waits = new ArrayList<>();
  private final CountDownLatch told = new CountDownLatch(1); // of a wait
  private int refused;
  private TestModels models;
  private ModelVersions versions;

  @BeforeEach
  void open() {
    models = new TestModels(store);
    versions = versions(TrustedStores.asAnnounced());
  }

  private ModelVersions versions(TrustedStores stores) {
    return versions(stores, cache);
  }

  private ModelVersions versions(TrustedStores stores, ModelCache cache) {
    return new ModelVersions(
        new VersionSettings(
            TestModels.NAME, "models", TestModels.SCHEMA, stores, 10, EngineKind.SIMD),
        cache,
        new VersionWatch() {
          @Override
          public void refused() {
            refused++;
          }

          @Override
          public void waiting(boolean begins) {
            waits.add(begins);
            told.countDown();
          }
        },
        weights -> StepEngines.create(EngineKind.SIMD, weights),
        clock::get);
  }

  @AfterEach
  void close() {
    versions.close();
    assertThat(cache.size()).isZero();
  }

  @Test
  void of_ten_thousand_announced_versions_a_job_that_starts_loads_what_it_needs() throws Exception {
    PublishedModel first = models.publish(1);
    PublishedModel last = models.publish(2);
    versions.learn(models.announce(first));
    for (int i = 1; i < MANY; i++) {
      versions.learn(lost(i));
    }
    versions.learn(models.announce(last, MANY, "reset"));

    assertThat(versions.awaitOne()).isTrue();
    assertThat(cache.size()).isEqualTo(1);
    assertThat(versions.at(0).model()).isEqualTo(first.id());
    assertThat(versions.at(MANY + 5).model()).isEqualTo(last.id());
    assertThat(cache.size()).isEqualTo(2);
    assertThat(refused).as("nobody looked at those between").isZero();
  }

  @Test
  void a_version_that_nothing_has_needed_for_a_minute_is_let_go_and_comes_back() throws Exception {
    versions.learn(models.announce(models.publish(1)));
    versions.learn(models.announce(models.publish(2), 100, "reset"));
    Tenure old = versions.at(99);
    versions.at(100);

    versions.release(100);
    assertThat(cache.size()).isEqualTo(2);
    clock.addAndGet(TimeUnit.SECONDS.toNanos(61));
    versions.release(100);
    assertThat(cache.size()).isEqualTo(1);

    assertThat(versions.at(99)).isEqualTo(old);
    assertThat(versions.model(old.exact()).spec()).isNotNull();
  }

  @Test
  void a_version_is_loaded_before_its_time_comes() throws Exception {
    versions.learn(models.announce(models.publish(1)));
    versions.learn(models.announce(models.publish(2), 100, "reset"));
    versions.at(0);

    assertThat(versions.prepare(89)).isEmpty();
    versions.prepare(90).get(0).get();
    versions.decideLoaded();
    waits.clear();
    assertThat(versions.at(100).model().version()).isEqualTo(2);
    assertThat(waits).as("no observation waited").isEmpty();
    assertThat(versions.prepare(100)).isEmpty();
  }

  @Test
  void a_wait_is_told_to_the_metrics() throws Exception {
    // no version comes before its wait is told
    ModelCache held = new ModelCache(load -> new Thread(() -> afterTold(load)));
    try (ModelVersions waiting = versions(TrustedStores.asAnnounced(), held)) {
      waiting.learn(models.announce(models.publish(1)));
      waiting.at(0);
    }
    assertThat(waits).containsExactly(true, false);
  }

  private void afterTold(Runnable work) {
    try {
      if (told.await(1, TimeUnit.MINUTES)) {
        work.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void a_version_of_another_store_is_read_only_where_that_store_is_trusted() throws Exception {
    Path foreign = Files.createTempDirectory(store, "foreign");
    Announcement announced = new TestModels(foreign).announce(new TestModels(foreign).publish(7));
    models.publish(1); // the same number, another content
    close();
    versions = versions(TrustedStores.of(store.toString(), List.of()));
    versions.learn(announced);
    assertThatThrownBy(versions::awaitOne)
        .hasMessageContaining("SHA-256")
        .hasMessageContaining(
            "; announced from " + foreign + ", which is read only where serving.stores names it");
    close();

    versions = versions(TrustedStores.of(store.toString(), List.of(foreign + "/")));
    versions.learn(announced);
    assertThat(versions.awaitOne()).isTrue();
  }

  @Test
  void a_version_is_read_from_the_deployments_own_store_wherever_it_was_announced_from()
      throws Exception {
    Announcement moved = models.announce(models.publish(1));
    Announcement elsewhere =
        new Announcement(
            moved.id(), moved.model(), Long.MIN_VALUE, "reset", moved.digest(), "/no/such/place");
    close();
    versions = versions(TrustedStores.of(store.toString(), List.of()));
    versions.learn(elsewhere);
    assertThat(versions.awaitOne()).isTrue();
  }

  @Test
  void a_key_that_another_subtask_stepped_keeps_what_it_remembers() throws Exception {
    PublishedModel first = models.publish(1);
    versions.learn(models.announce(first));
    versions.learn(models.announce(models.publish(2), 100, "carry"));
    Tenure later = versions.at(100);
    ExactModel never = ExactModel.of(1, first.digest()); // here
    assertThat(versions.encoder(never)).isPresent();
    assertThat(versions.swap(never, later)).isEqualTo(SwapPolicy.CARRY);
    assertThat(cache.size()).as("its weights are not needed").isEqualTo(1);
  }

  @Test
  void a_store_that_no_path_can_name_is_not_read() throws Exception {
    Announcement good = models.announce(models.publish(1));
    Announcement bad =
        new Announcement("bad", good.model(), 5, "reset", "ab", "models" + (char) 0 + "x");
    close();
    versions = versions(TrustedStores.of(store.toString(), List.of()));
    versions.learn(good);
    versions.learn(bad);
    assertThat(versions.at(5).model().version()).isEqualTo(1);
    assertThat(refused).isEqualTo(1);
  }

  private Announcement lost(int time) {
    return new Announcement(
        "lost " + time, "test@" + (time + 2), time, "reset", "ab", store.toString());
  }
}
