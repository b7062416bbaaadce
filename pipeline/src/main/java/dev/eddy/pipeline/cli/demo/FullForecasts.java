package dev.eddy.pipeline.cli.demo;

import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.ModelSpec;
import java.util.Arrays;
import java.util.List;

/** Puts forecasts of which only some horizons were written into the shape that the model made. */
final class FullForecasts {
  private FullForecasts() {}

  /** The prediction with all horizons of its model, NaN at those that were not written. */
  static Prediction of(Prediction written, ModelSpec spec) {
    if (!(spec.head() instanceof Head.Forecast head)
        || !(written.shape() instanceof PredictionShape.Forecast shape)
        || shape.horizons().equals(head.horizons())) {
      return written;
    }
    List<String> targets = head.targets().stream().map(Head.TargetHead::name).toList();
    return new Prediction(
        written.key(),
        written.time(),
        written.partition(),
        written.offset(),
        new PredictionShape.Forecast(
            shape.model(), targets, head.horizons(), head.quantiles(), shape.intervalMillis()),
        values(written, shape.horizons(), head));
  }

  /** [targets, horizons, quantiles] */
  private static double[] values(Prediction written, List<Integer> horizons, Head.Forecast head) {
    double[] values = new double[head.outputSize()];
    Arrays.fill(values, Double.NaN);
    int quantiles = head.quantiles().size();
    int from = 0;
    for (int target = 0; target < head.targets().size(); target++) {
      for (int horizon : horizons) {
        int column = target * head.horizons().size() + head.horizons().indexOf(horizon);
        System.arraycopy(written.values(), from, values, column * quantiles, quantiles);
        from += quantiles;
      }
    }
    return values;
  }
}
