package dev.eddy.pipeline.cli.score;

import dev.eddy.model.score.ForecastCriteria;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.pipeline.deployment.Deployment;
import java.util.Collection;
import java.util.function.Supplier;

/** Makes the scorer of what a model predicts. */
public final class Judges {
  private Judges() {}

  /**
   * A scorer of the model {@code spec} describes.
   *
   * @param keys those that will be scored
   * @param majority the commonest label of what is not scored; asked only for classes
   */
  public static Judge of(
      ModelSpec spec, Deployment deployment, Collection<String> keys, Supplier<String> majority) {
    return spec.head() instanceof Head.Classes classes
        ? new ClassJudge(classes.labels(), majority.get())
        : new ForecastJudge(
            ForecastCriteria.of(spec, deployment.training().naiveSeason()),
            deployment.input().features(),
            keys);
  }
}
