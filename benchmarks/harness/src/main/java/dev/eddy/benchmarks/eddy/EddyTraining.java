package dev.eddy.benchmarks.eddy;

import dev.eddy.benchmarks.dl4j.Nd4jBackend;
import dev.eddy.benchmarks.work.Engine;
import dev.eddy.benchmarks.work.TrainCase;
import dev.eddy.benchmarks.work.TrainWork;

/** Trains Eddy's layers inside a Deeplearning4j network, as {@code eddy train} does. */
public final class EddyTraining implements Engine {
  @Override
  public String name() {
    return "eddy";
  }

  @Override
  public String describe() {
    return "Eddy's layers in Deeplearning4j, " + Nd4jBackend.start();
  }

  @Override
  public TrainWork train(TrainCase training) {
    return EddyNetwork.training(training);
  }
}
