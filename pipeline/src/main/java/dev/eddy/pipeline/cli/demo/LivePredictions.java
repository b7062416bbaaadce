package dev.eddy.pipeline.cli.demo;

import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.pipeline.cli.console.Console;
import dev.eddy.pipeline.cli.console.Formats;
import dev.eddy.pipeline.cli.score.HorizonNames;
import dev.eddy.pipeline.deployment.Deployment;
import java.time.Instant;
import java.util.function.Consumer;

/** Shows a few of the predictions of what was held back, as they come. */
final class LivePredictions implements Consumer<Prediction> {
  private static final int SHOWN = 8;
  private static final long FIRST_EVERY = 97;

  private final Deployment deployment;
  private final HeldBack heldBack;
  private final Console console;
  private long seen;
  private long next = FIRST_EVERY;
  private int shown;

  /** Shows {@value #SHOWN} of them, ever further apart, so that it need not know how many come. */
  LivePredictions(Deployment deployment, HeldBack heldBack, Console console) {
    this.deployment = deployment;
    this.heldBack = heldBack;
    this.console = console;
  }

  @Override
  public void accept(Prediction prediction) {
    if (shown == SHOWN || !heldBack.contains(prediction.key(), prediction.time())) {
      return;
    }
    if (++seen == next) {
      shown++;
      next += FIRST_EVERY + next / 4;
      console.line(
          "  "
              + Instant.ofEpochMilli(prediction.time())
              + "  "
              + prediction.key()
              + ": "
              + describe(prediction));
    }
  }

  private String describe(Prediction prediction) {
    double[] values = prediction.values();
    if (prediction.shape() instanceof PredictionShape.Forecast forecast) {
      int quantiles = forecast.quantiles().size();
      return deployment.input().target().get(0)
          + " in "
          + HorizonNames.of(deployment).shortly(forecast.horizons().get(0))
          + ": "
          + Formats.value(values[forecast.quantiles().indexOf(0.5)])
          + " ("
          + Formats.value(values[0])
          + " … "
          + Formats.value(values[quantiles - 1])
          + ")";
    }
    PredictionShape.Classes classes = (PredictionShape.Classes) prediction.shape();
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return classes.labels().get(best) + " (" + Formats.percent(values[best]) + ")";
  }
}
