package dev.eddy.benchmarks.eddy;

import dev.eddy.benchmarks.dl4j.Nd4jBackend;
import dev.eddy.benchmarks.work.Engine;
import dev.eddy.benchmarks.work.TrainCase;
import dev.eddy.benchmarks.work.TrainWork;

/**
 * Deeplearning4j's own LSTM under Eddy's output layer: what it gains over Deeplearning4j's own is
 * the head's share in the figures of training.
 */
public final class Dl4jUnderEddyHead implements Engine {
  @Override
  public String name() {
    return "dl4j-eddy-head";
  }

  @Override
  public String describe() {
    return "Deeplearning4j's LSTM under Eddy's output layer, " + Nd4jBackend.start();
  }

  @Override
  public TrainWork train(TrainCase training) {
    return EddyNetwork.dl4jTraining(training);
  }
}
