package dev.eddy.model.training;

import dev.eddy.model.history.History;
import dev.eddy.model.history.Parts;
import dev.eddy.model.settings.InputSettings;
import dev.eddy.model.settings.ModelSettings;
import dev.eddy.model.settings.TrainingSettings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says which seasons a training would take, without training. */
public final class FoundSeasons {
  private FoundSeasons() {}

  /**
   * The seasons of each target.
   *
   * @throws IllegalArgumentException in one line, if the history cannot teach what is asked for
   */
  public static Map<String, List<Integer>> of(
      InputSettings input, ModelSettings model, TrainingSettings training, History history)
      throws IOException {
    Parts parts = Parts.of(training.split(), history, training.seed());
    List<List<Integer>> seasons =
        new SpecFit(input, model, history, parts, report -> {}, training.seed()).seasons();
    Map<String, List<Integer>> byTarget = new LinkedHashMap<>();
    for (int target = 0; target < seasons.size(); target++) {
      byTarget.put(input.targets().get(target), seasons.get(target));
    }
    return byTarget;
  }
}
