package dev.eddy.benchmarks.eddy;

import dev.eddy.benchmarks.dl4j.Dl4jTraining;
import dev.eddy.benchmarks.dl4j.NetworkTraining;
import dev.eddy.benchmarks.work.TrainCase;
import dev.eddy.benchmarks.work.TrainWork;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.layer.CellLayer;
import dev.eddy.model.layer.GruLayer;
import dev.eddy.model.layer.LstmLayer;
import dev.eddy.model.layer.RnnLayer;
import dev.eddy.model.layer.SequenceOutputLayer;
import dev.eddy.model.layer.SruLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** A Deeplearning4j network of one of Eddy's layers and its output layer for sequences. */
final class EddyNetwork {
  private static final String[] PARAMETERS = {"weight", "recurrent", "bias"};

  private EddyNetwork() {}

  static TrainWork training(TrainCase training) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .updater(new Adam(TrainCase.LEARNING_RATE))
                .list()
                .layer(layer(training))
                .layer(head(training))
                .build());
    network.init();
    NetworkWeights weights = training.weights();
    for (String parameter : PARAMETERS) {
      NetworkTraining.set(network, "0_" + parameter, weights.values("layers.0." + parameter));
    }
    NetworkTraining.set(network, "1_W", training.head());
    return new NetworkTraining(training, network, true);
  }

  /** Deeplearning4j's own LSTM under Eddy's output layer. */
  static TrainWork dl4jTraining(TrainCase training) {
    return Dl4jTraining.of(training, head(training));
  }

  private static SequenceOutputLayer head(TrainCase training) {
    return new SequenceOutputLayer.Builder(new LossMSE())
        .nIn(training.hidden())
        .nOut(TrainCase.OUTPUTS)
        .build();
  }

  private static CellLayer layer(TrainCase training) {
    CellLayer.Builder<?> builder =
        switch (training.cell()) {
          case SRU -> new SruLayer.Builder();
          case LSTM -> new LstmLayer.Builder();
          case GRU -> new GruLayer.Builder();
          case RNN -> new RnnLayer.Builder();
        };
    builder.nIn(training.hidden()).nOut(training.hidden()).withoutInputGradient();
    return builder.build();
  }
}
