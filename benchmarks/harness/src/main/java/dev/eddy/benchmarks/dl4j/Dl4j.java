package dev.eddy.benchmarks.dl4j;

import dev.eddy.benchmarks.work.Engine;
import dev.eddy.benchmarks.work.StepCase;
import dev.eddy.benchmarks.work.StepWork;
import dev.eddy.benchmarks.work.TrainCase;
import dev.eddy.benchmarks.work.TrainWork;

/** Deeplearning4j's own layers, none of Eddy's. */
public final class Dl4j implements Engine {
  @Override
  public String name() {
    return "dl4j";
  }

  @Override
  public String describe() {
    return "Deeplearning4j on " + Nd4jBackend.start();
  }

  @Override
  public StepWork step(StepCase step) {
    return new Dl4jStep(step);
  }

  @Override
  public TrainWork train(TrainCase training) {
    return Dl4jTraining.of(training);
  }
}
