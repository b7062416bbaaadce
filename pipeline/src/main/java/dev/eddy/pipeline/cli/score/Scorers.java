package dev.eddy.pipeline.cli.score;

import dev.eddy.model.inference.ForecastScoring;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.pipeline.job.Deployment;
import java.util.Collection;
import java.util.function.Supplier;

/** Makes the scorer of what a model predicts. */
public final class Scorers {
  private Scorers() {}

  /**
   * A scorer of the model {@code spec} describes.
   *
   * @param keys those that will be scored
   * @param majority the commonest label of what is not scored; asked only for classes
   */
  public static Scorer of(
      ModelSpec spec, Deployment deployment, Collection<String> keys, Supplier<String> majority) {
    return spec.head() instanceof Head.Classes classes
        ? new ClassScorer(classes.labels(), majority.get())
        : new ForecastScorer(
            ForecastScoring.of(spec, deployment.training().naiveSeason()),
            deployment.input().features(),
            keys);
  }
}
