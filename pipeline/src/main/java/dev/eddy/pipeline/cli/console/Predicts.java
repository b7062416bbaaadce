package dev.eddy.pipeline.cli.console;

import dev.eddy.pipeline.deployment.Deployment;

/** Says in words what a deployment predicts. */
public final class Predicts {
  private Predicts() {}

  /** Such as: forecasts of load. */
  public static String describe(Deployment deployment) {
    return deployment
        .input()
        .label()
        .map(label -> "classes of " + label)
        .orElseGet(() -> "forecasts of " + String.join(", ", deployment.input().target()));
  }
}
