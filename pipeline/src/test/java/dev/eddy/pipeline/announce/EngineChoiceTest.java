package dev.eddy.pipeline.announce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.Workload;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.pipeline.deployment.ServingSettings;
import dev.eddy.pipeline.deployment.TestDeployment;
import dev.eddy.pipeline.operator.TestModels;
import dev.eddy.pipeline.stream.PredictJobSettings;
import dev.eddy.pipeline.version.store.TrustedStores;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineChoiceTest {
  @TempDir Path folder;

  @Test
  void the_largest_announced_network_that_can_be_read_decides_in_full_micro_batches() {
    TestModels models = new TestModels(folder);
    ModelSpec large = TestModels.spec(CellType.LSTM, 2, 16, List.of("load", "wind"));
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      TestDeployment deployment = TestDeployment.named(kafka.client(), "choice");
      assertThat(largest(deployment)).isEmpty();
      Announcement small = models.announce(models.publish(1));
      deployment.announce(small);
      deployment.announce(models.announce(models.publish(large, 2)));
      deployment.announce(models.announce(models.publish(3)));
      deployment.announce(
          new Announcement("lost", "test@99", 0, "carry", small.digest(), small.store()));
      assertThat(largest(deployment))
          .contains(new Workload(large.network(), ServingSettings.defaults().maxBatch()));
    }
  }

  @Test
  void without_a_gpu_no_broker_is_asked() {
    EngineKind chosen =
        EngineChoice.of(
            ServingSettings.defaults(),
            TrustedStores.asAnnounced(),
            () -> {
              throw new AssertionError("asked");
            });
    assertThat(chosen).isEqualTo(EngineKind.SIMD);
  }

  private static Optional<Workload> largest(TestDeployment deployment) {
    PredictJobSettings settings = deployment.settings(true);
    return EngineChoice.largest(
        AnnouncedVersions.of(settings.kafka(), settings.topics().models(), settings.name()),
        TrustedStores.asAnnounced(),
        settings.serving());
  }
}
