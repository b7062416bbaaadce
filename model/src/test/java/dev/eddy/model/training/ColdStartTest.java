package dev.eddy.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.eddy.model.history.History;
import dev.eddy.model.settings.KeySelection;
import dev.eddy.model.settings.ModelSettings;
import dev.eddy.model.settings.Split;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A station that the network has never seen is served well from its first observation on. */
class ColdStartTest {
  @TempDir Path directory;

  @Test
  void the_first_day_of_a_new_station_is_hardly_worse_than_persistence() throws IOException {
    assumeTrue(Files.isDirectory(RealData.shared().resolve("beijing-air")), "no beijing-air");
    RealData beijing = RealData.beijing(directory);
    try (History history = beijing.open()) {
      String heldOut = history.keys().get(0);
      TrainingResult model = train(beijing, history, heldOut);
      ColdStart start = new ColdStart(model, 24);
      start.add(history.read(heldOut), 30 * 24);

      for (double ratio : start.ratios()) {
        assertThat(ratio).as(start.toString()).isLessThanOrEqualTo(1.05);
      }
    }
  }

  private TrainingResult train(RealData data, History history, String heldOut) throws IOException {
    ModelSettings model =
        Settings.of(
            ModelSettings.class, Map.of("layers", 2, "hidden", 32, "horizons", data.horizons()));
    Split split = new Split.ByKey(KeySelection.none(), new KeySelection.Named(List.of(heldOut)));
    TrainingSettings training = Settings.with(TrainingSettings.of(split), Map.of("updates", 300));
    return Trainer.train(
        data.input(), model, training, history, directory, TrainingProgress.silent());
  }
}
