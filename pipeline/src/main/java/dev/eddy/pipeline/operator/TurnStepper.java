package dev.eddy.pipeline.operator;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.inference.KeyState;
import dev.eddy.model.inference.ModelRunner;
import dev.eddy.pipeline.version.ModelVersions;
import dev.eddy.pipeline.version.ServingModel;
import dev.eddy.pipeline.version.Tenure;
import java.util.List;
import java.util.Objects;

/**
 * Steps those events of a micro-batch that one tenure serves: keys that it does not know are moved
 * over to it first. Confined to one thread.
 */
final class TurnStepper {
  private final ModelVersions versions;
  private final Rewarmer rewarmer;
  private long newestTime = Long.MIN_VALUE;

  TurnStepper(ModelVersions versions, Rewarmer rewarmer) {
    this.versions = versions;
    this.rewarmer = rewarmer;
  }

  /** Newest event time that was ever stepped; {@link Long#MIN_VALUE} at first. */
  long newestTime() {
    return newestTime;
  }

  /** Steps those of {@code events}, in the order in which they came. */
  void step(Tenure turn, List<BatchEvent> events) throws Exception {
    rewarm(turn, events);
    ServingModel model = versions.model(turn.exact());
    ModelRunner runner = model.runner();
    for (BatchEvent each : events) {
      if (each.tenure == turn.index()) {
        stage(each, turn, model);
      }
    }
    runner.step();
    for (BatchEvent each : events) {
      if (each.tenure == turn.index() && each.event instanceof Observation observation) {
        answer(each, observation, turn, model);
      }
    }
    runner.clear();
  }

  private void rewarm(Tenure turn, List<BatchEvent> events) throws Exception {
    for (BatchEvent each : events) {
      if (each.tenure == turn.index() && each.key.turn != turn.index()) {
        each.key.turn = turn.index();
        if (!each.afresh) {
          rewarmer.stage(each.key, turn);
        }
      }
    }
    rewarmer.step(turn);
  }

  private void stage(BatchEvent each, Tenure turn, ServingModel model) throws InterruptedException {
    ModelRunner runner = model.runner();
    if (each.event instanceof Observation observation) {
      KeyState state = each.key.enter(each.afresh, turn, versions);
      if (each.setBack) {
        runner.setBack(state, observation.time());
      }
      each.slot = runner.add(state, model.mapping().map(observation));
      keep(each, observation, runner);
    } else {
      KeyState state = Objects.requireNonNull(each.key.state);
      runner.tell(state, model.mapping().map(each.event.future()));
      each.key.recent.add(each.event.future());
    }
  }

  private static void keep(BatchEvent each, Observation observation, ModelRunner runner) {
    if (each.afresh) {
      each.key.recent.forget();
    }
    each.half = each.key.recent.add(observation, each.setBack);
    if (each.half != null) {
      runner.keepMemoryBefore(each.slot);
    }
  }

  private void answer(BatchEvent each, Observation observation, Tenure turn, ServingModel model) {
    ModelRunner runner = model.runner();
    RecentInputs.Added half = each.half;
    if (half != null) {
      half.remembered(turn.exact(), runner.memoryBefore(each.slot));
    }
    if (!runner.failed(each.slot)) {
      each.prediction = prediction(observation, model, each.slot);
      newestTime = Math.max(newestTime, observation.time());
    }
  }

  private static Prediction prediction(Observation observation, ServingModel model, int slot) {
    double[] values = new double[model.shape().size()];
    model.runner().prediction(slot, values);
    return new Prediction(
        observation.key(),
        observation.time(),
        observation.partition(),
        observation.offset(),
        model.shape(),
        values);
  }
}
