package dev.eddy.model.spec;

import java.util.List;

/**
 * Everything but the weights that turns raw inputs into predictions; the {@code spec} part of
 * {@code model.json}.
 *
 * @param network sizes of the network
 * @param input how raw inputs are encoded
 * @param head what the outputs mean
 */
public record ModelSpec(NetworkShape network, InputEncoding input, Head head) {
  public ModelSpec {
    if (network.outputSize() != head.outputSize()) {
      throw new IllegalArgumentException(
          "network.outputSize: "
              + network.outputSize()
              + " (must be "
              + head.outputSize()
              + ", as the head needs)");
    }
    if (head instanceof Head.Forecast forecast) {
      List<String> expected = input.targets().stream().map(InputEncoding.Target::name).toList();
      List<String> found = forecast.targets().stream().map(Head.TargetHead::name).toList();
      if (!found.equals(expected)) {
        throw new IllegalArgumentException(
            "head.targets: " + found + " (must be the input's, " + expected + ")");
      }
      for (int target = 0; target < found.size(); target++) {
        List<Integer> seasons = input.targets().get(target).seasons();
        forecast.targets().get(target).baselines().forEach(each -> requireKnown(each, seasons));
      }
    }
  }

  private static void requireKnown(Head.Baseline baseline, List<Integer> seasons) {
    if (!seasons.containsAll(baseline.seasons())) {
      throw new IllegalArgumentException(
          "head.baselines: seasons "
              + baseline.seasons()
              + " (must be among the target's seasons "
              + seasons
              + ")");
    }
  }
}
