package dev.eddy.model.training;

import dev.eddy.model.settings.InputSettings;
import dev.eddy.model.settings.ModelSettings;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.store.TrainedModel;
import dev.eddy.settings.Require;
import java.util.List;

/** Says whether a version's network can go on learning what is asked for now. */
final class FineTuning {
  private FineTuning() {}

  /**
   * Refuses a version that reads or says something else, or has another network.
   *
   * @throws IllegalArgumentException in one line that names the first difference
   */
  static void require(TrainedModel version, InputSettings input, ModelSettings model, int seeds) {
    ModelSpec spec = version.spec();
    InputEncoding encoding = spec.input();
    same(version, "reads", encoding.schema(), input.features());
    same(version, "has the targets", names(encoding), input.targets());
    same(version, "has the interval", encoding.interval(), input.interval());
    same(version, "has the calendar", encoding.calendar(), input.calendar());
    same(version, "has the zone", encoding.zone(), input.zone());
    same(
        version,
        "knows ahead",
        encoding.future().map(InputEncoding.Future::features).orElse(List.of()),
        input.future().map(InputSettings.Future::features).orElse(List.of()));
    if (spec.head() instanceof Head.Forecast forecast) {
      same(version, "has the horizons", forecast.horizons(), model.horizons());
      same(version, "has the quantiles", forecast.quantiles(), model.quantiles());
    }
    NetworkShape network = spec.network();
    NetworkShape asked =
        model.network(network.inputSize(), network.outputSize()).withNetworks(seeds);
    Require.that(
        network.equals(asked),
        "--fine-tune: " + version.id() + " has the network",
        network.summary(),
        asked.summary());
  }

  private static List<String> names(InputEncoding encoding) {
    return encoding.targets().stream().map(InputEncoding.Target::name).toList();
  }

  private static void same(TrainedModel version, String what, Object found, Object asked) {
    Require.that(
        found.equals(asked), "--fine-tune: " + version.id() + " " + what, found, "" + asked);
  }
}
