package dev.eddy.pipeline.version;

import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.inference.ModelRunner;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.store.ModelRefusedException;
import dev.eddy.model.store.TrainedModel;
import dev.eddy.pipeline.state.RecentRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * An accepted model version as one subtask runs it: its weights are shared with other subtasks, all
 * else is the subtask's own. Confined to one thread.
 */
public final class ServingModel implements AutoCloseable {
  private final TrainedModel model;
  private final FeatureMapping mapping;
  private final Map<RecentRecord.Fields, FeatureMapping> earlier = new HashMap<>();
  private final PredictionShape shape;
  private final StepEngine engine;
  private final ModelRunner runner;

  /**
   * Makes a version ready to step.
   *
   * @throws ModelRefusedException if its spec is not one that can be run, or the deployment's
   *     observations lack a field that it reads, or the future of one
   */
  ServingModel(
      TrainedModel model, ObservationSchema schema, Function<NetworkWeights, StepEngine> engines) {
    this.model = model;
    mapping = new FeatureMapping(schema, model.spec().input());
    shape = shapeOf(model.id().toString(), model.spec());
    engine = engines.apply(model.weights());
    runner = runner(model.spec(), engine);
  }

  int version() {
    return model.id().version();
  }

  public ModelSpec spec() {
    return model.spec();
  }

  public FeatureMapping mapping() {
    return mapping;
  }

  /** How it reads what was observed when records had these fields. */
  public FeatureMapping mapping(RecentRecord.Fields fields) {
    return earlier.computeIfAbsent(
        fields, found -> new FeatureMapping(found.numeric(), found.categorical(), spec().input()));
  }

  public PredictionShape shape() {
    return shape;
  }

  public ModelRunner runner() {
    return runner;
  }

  @Override
  public void close() {
    engine.close();
  }

  private static ModelRunner runner(ModelSpec spec, StepEngine engine) {
    try {
      return new ModelRunner(spec, engine);
    } catch (IllegalArgumentException e) {
      engine.close();
      throw new ModelRefusedException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * What the predictions of a version look like.
   *
   * @param model the version, {@code name@7}
   */
  public static PredictionShape shapeOf(String model, ModelSpec spec) {
    if (spec.head() instanceof Head.Forecast head) {
      long interval = spec.input().interval().map(Duration::toMillis).orElse(0L);
      List<String> targets = head.targets().stream().map(Head.TargetHead::name).toList();
      return new PredictionShape.Forecast(
          model, targets, head.horizons(), head.quantiles(), interval);
    }
    return new PredictionShape.Classes(model, ((Head.Classes) spec.head()).labels());
  }
}
