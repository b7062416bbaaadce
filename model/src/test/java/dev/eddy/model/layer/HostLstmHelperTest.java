package dev.eddy.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class HostLstmHelperTest {
  private final INDArray x = Nd4j.randn(DataType.FLOAT, 3, 2, 7);
  private final INDArray y = Nd4j.randn(DataType.FLOAT, 3, 2, 7);
  private final MultiLayerNetwork own = network(Activation.TANH);
  private final MultiLayerNetwork fast = network(Activation.TANH);

  HostLstmHelperTest() {
    HostLstmHelper.accelerate(fast);
  }

  @Test
  void outputs_equal_those_of_deeplearning4j() {
    assertThat(fast.output(x).dup().distance2(own.output(x).dup())).isLessThan(1e-5);
  }

  @Test
  void training_follows_that_of_deeplearning4j() {
    for (int i = 0; i < 5; i++) {
      own.fit(x, y);
      fast.fit(x, y);
      assertThat(fast.score()).isCloseTo(own.score(), within(1e-4));
    }
    assertThat(fast.params().distance2(own.params())).isLessThan(1e-4);
    assertThat(fast.params().distance2(network(Activation.TANH).params())).isGreaterThan(0.1);
  }

  @Test
  void another_batch_size_follows_the_first() {
    fast.fit(x, y);
    own.fit(x, y);
    INDArray narrow = Nd4j.randn(DataType.FLOAT, 1, 2, 21); // as many rows, another batch
    assertThat(fast.output(narrow).dup().distance2(own.output(narrow).dup())).isLessThan(1e-5);
  }

  @Test
  void time_steps_one_by_one_equal_the_whole_sequence() {
    INDArray whole = own.output(x);
    for (int t = 0; t < 7; t++) {
      INDArray step = fast.rnnTimeStep(x.tensorAlongDimension(t, 0, 1).dup());
      assertThat(step.distance2(whole.tensorAlongDimension(t, 0, 1).dup())).isLessThan(1e-5);
    }
  }

  @Test
  void other_activations_stay_with_deeplearning4j() {
    MultiLayerNetwork softsign = network(Activation.SOFTSIGN);
    INDArray before = softsign.output(x).dup();
    HostLstmHelper.accelerate(softsign);
    assertThat(softsign.output(x)).isEqualTo(before);
    assertThat(((org.deeplearning4j.nn.layers.recurrent.LSTM) softsign.getLayer(0)).getHelper())
        .isNull();
  }

  private static MultiLayerNetwork network(Activation activation) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(4)
                .updater(new Sgd(0.1))
                .list()
                .layer(new LSTM.Builder().activation(activation).nIn(2).nOut(6).build())
                .layer(new LSTM.Builder().activation(activation).nIn(6).nOut(5).build())
                .layer(
                    new RnnOutputLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nIn(5)
                        .nOut(2)
                        .build())
                .build());
    network.init();
    return network;
  }
}
