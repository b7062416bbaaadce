package dev.eddy.benchmarks.dl4j;

import dev.eddy.benchmarks.work.StepCase;
import dev.eddy.benchmarks.work.TrainCase;
import dev.eddy.benchmarks.work.TrainWork;
import dev.eddy.model.spec.CellType;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Trains Deeplearning4j's own LSTM with its own head, at the fastest of its settings that a trial
 * of all combinations found: forward activations cached, without which it computes them twice,
 * workspaces enabled, and data in the order that its own readers choose.
 */
final class Dl4jTraining {
  private Dl4jTraining() {}

  static TrainWork of(TrainCase training) {
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
                .layer(
                    new RnnOutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nIn(training.hidden())
                        .nOut(TrainCase.OUTPUTS)
                        .build())
                .build());
    network.init();
    Dl4jStep.setWeights(network, training.weights());
    NetworkTraining.set(network, "1_W", training.head());
    return new NetworkTraining(training, network, false);
  }
}
