package dev.eddy.pipeline.operator;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.inference.KeyState;
import dev.eddy.model.inference.ModelRunner;
import dev.eddy.pipeline.version.ModelVersions;
import dev.eddy.pipeline.version.ServingModel;
import dev.eddy.pipeline.version.Tenure;
import java.util.List;

/**
 * Steps those events of a micro-batch that one tenure serves, or is the shadow of what does: keys
 * that it does not know are moved over to it first. Confined to one thread.
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
    if (!turn.shadow()) {
      rewarm(turn, events);
    }
    ServingModel model = versions.model(turn.exact());
    ModelRunner runner = model.runner();
    for (BatchEvent each : events) {
      if (each.part(turn).tenure == turn.index()) {
        stage(each, turn, model);
      }
    }
    runner.step();
    for (BatchEvent each : events) {
      if (each.part(turn).tenure == turn.index() && each.event instanceof Observation observation) {
        answer(each, observation, turn, model);
      }
    }
    runner.clear();
  }

  private void rewarm(Tenure turn, List<BatchEvent> events) throws Exception {
    for (BatchEvent each : events) {
      if (each.champion.tenure == turn.index() && each.key.turn != turn.index()) {
        each.key.turn = turn.index();
        if (!each.afresh) {
          rewarmer.stage(each.key, each.key.champion, turn);
        }
      }
    }
    rewarmer.step(turn);
  }

  private void stage(BatchEvent each, Tenure turn, ServingModel model) throws InterruptedException {
    ModelRunner runner = model.runner();
    SteppedState stepped = each.key.stepped(turn);
    if (each.event instanceof Observation observation) {
      KeyState state = stepped.enter(each.afresh, turn, versions);
      if (each.setBack) {
        runner.setBack(state, observation.time());
      }
      each.part(turn).slot = runner.add(state, model.mapping().map(observation));
      if (!turn.shadow()) {
        keep(each, observation, runner);
      }
    } else {
      runner.tell(stepped.there(), model.mapping().map(each.event.future()));
      if (!turn.shadow()) {
        each.key.recent.add(each.event.future());
      }
    }
  }

  private static void keep(BatchEvent each, Observation observation, ModelRunner runner) {
    if (each.afresh) {
      each.key.recent.forget();
    }
    each.half = each.key.recent.add(observation, each.setBack);
    if (each.half != null) {
      runner.keepMemoryBefore(each.champion.slot);
    }
  }

  private void answer(BatchEvent each, Observation observation, Tenure turn, ServingModel model) {
    ModelRunner runner = model.runner();
    BatchEvent.Part part = each.part(turn);
    RecentInputs.Added half = each.half;
    if (half != null && !turn.shadow()) {
      half.remembered(turn.exact(), runner.memoryBefore(part.slot));
    }
    if (!runner.failed(part.slot)) {
      part.prediction = prediction(observation, model, part.slot);
      newestTime = turn.shadow() ? newestTime : Math.max(newestTime, observation.time());
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
