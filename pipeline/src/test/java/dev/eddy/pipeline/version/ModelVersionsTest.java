package dev.eddy.pipeline.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.tensor.PackedSequence;
import dev.eddy.pipeline.operator.TestModels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelVersionsTest {
  private static final VersionSettings SETTINGS =
      new VersionSettings(TestModels.NAME, "models", TestModels.SCHEMA, EngineKind.SIMD);

  @TempDir Path store;
  private final ModelCache cache = new ModelCache(Thread::new);
  private final List<String> closed = new ArrayList<>();

  @Test
  void closing_goes_on_where_an_engine_cannot_be_closed_and_keeps_every_failure() throws Exception {
    TestModels models = new TestModels(store);
    ModelVersions versions =
        new ModelVersions(SETTINGS, cache, VersionWatch.NOBODY, this::unclosable, System::nanoTime);
    versions.learn(models.announce(models.publish(1)));
    versions.learn(models.announce(models.publish(2), 100, "carry"));
    versions.at(0);
    versions.at(100);

    Throwable failure = catchThrowable(versions::close);

    assertThat(closed).containsExactly("engine 0", "engine 1");
    assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("engine 0");
    assertThat(failure.getSuppressed()).extracting(Throwable::getMessage).contains("engine 1");
    assertThat(cache.size()).isZero();
  }

  private StepEngine unclosable(NetworkWeights weights) {
    return new StepEngine() {
      @Override
      public void forward(PackedSequence sequence, float[] hidden, float[] outputs) {}

      @Override
      public void close() {
        String name = "engine " + closed.size();
        closed.add(name);
        throw new IllegalStateException(name);
      }
    };
  }
}
