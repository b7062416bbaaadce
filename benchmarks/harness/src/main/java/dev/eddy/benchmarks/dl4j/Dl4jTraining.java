package dev.eddy.benchmarks.dl4j;

import dev.eddy.benchmarks.work.StepCase;
import dev.eddy.benchmarks.work.TrainCase;
import dev.eddy.benchmarks.work.TrainWork;
import dev.eddy.model.spec.CellType;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Trains Deeplearning4j's own LSTM, at the fastest of its settings that a trial of all combinations
 * found: forward activations cached, without which it computes them twice, workspaces enabled, and
 * data in the order that its own readers choose.
 */
public final class Dl4jTraining {
  private Dl4jTraining() {}

  /** Under Deeplearning4j's own head. */
  static TrainWork of(TrainCase training) {
    return of(
        training,
        new RnnOutputLayer.Builder(LossFunction.MSE)
            .activation(Activation.IDENTITY)
            .nIn(training.hidden())
            .nOut(TrainCase.OUTPUTS)
            .build());
  }

  /** Under the given head, linear and with squared error. */
  public static TrainWork of(TrainCase training, BaseOutputLayer head) {
    if (training.cell() != CellType.LSTM) {
      throw new UnsupportedOperationException("only LSTM is of interest");
    }
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .updater(new Adam(TrainCase.LEARNING_RATE))
                .cacheMode(CacheMode.DEVICE)
                .list()
                .layer(Dl4jStep.layer(new StepCase(training.cell(), training.hidden(), 1)))
                .layer(head)
                .build());
    network.init();
    Dl4jStep.setWeights(network, training.weights());
    NetworkTraining.set(network, "1_W", training.head());
    return new NetworkTraining(training, network, false);
  }
}
