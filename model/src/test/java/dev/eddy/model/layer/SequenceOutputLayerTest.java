package dev.eddy.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

class SequenceOutputLayerTest {
  private final INDArray x = Nd4j.randn(DataType.FLOAT, 3, 2, 5);
  private final INDArray y = Nd4j.randn(DataType.FLOAT, 3, 4, 5);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void does_what_rnn_output_layer_does_with_any_loss(boolean simd) {
    MultiLayerNetwork lean =
        network(new SequenceOutputLayer.Builder(new LossMSE()).nIn(6).nOut(4).build(), true);
    MultiLayerNetwork usual =
        network(
            new RnnOutputLayer.Builder(LossFunction.MSE)
                .activation(Activation.IDENTITY)
                .nIn(6)
                .nOut(4)
                .build(),
            true);
    usual.setParams(lean.params());
    ((SequenceOutputLayerImplementation) lean.getLayer(1)).use(CellFixture.passes(simd).head(6, 4));
    assertThat(lean.output(x).dup().distance2(usual.output(x).dup())).isLessThan(1e-5);
    for (int i = 0; i < 3; i++) {
      lean.fit(x, y);
      usual.fit(x, y);
      assertThat(lean.score()).isCloseTo(usual.score(), within(1e-4));
    }
    assertThat(lean.params().distance2(usual.params())).isLessThan(1e-4);
    assertThat(lean.score(new DataSet(x, y)))
        .isCloseTo(usual.score(new DataSet(x, y)), within(1e-4));
  }

  @Test
  void a_masked_step_teaches_nothing() {
    ILossFunction loss =
        new PinballLoss(new double[] {.1, .2, .3, .4}, new double[4], new double[] {1, 1, 1, 1});
    MultiLayerNetwork first =
        network(new SequenceOutputLayer.Builder(loss).nIn(6).nOut(4).build(), false);
    MultiLayerNetwork second =
        network(new SequenceOutputLayer.Builder(loss).nIn(6).nOut(4).build(), false);
    INDArray mask = Nd4j.ones(DataType.FLOAT, 3, 5);
    mask.putScalar(1, 3, 0);
    INDArray other = y.dup();
    for (int i = 0; i < 4; i++) {
      other.putScalar(new int[] {1, i, 3}, 99);
    }
    first.fit(x, y, null, mask);
    second.fit(x, other, null, mask);
    assertThat(first.params()).isEqualTo(second.params());
    assertThat(first.score()).isEqualTo(second.score());
  }

  @Test
  void json_and_back_gives_an_equal_configuration() {
    for (ILossFunction loss :
        new ILossFunction[] {
          new SoftmaxCrossEntropy(),
          new PinballLoss(new double[] {0.5}, new double[] {0.25}, new double[] {2})
        }) {
      MultiLayerConfiguration configuration =
          network(new SequenceOutputLayer.Builder(loss).nIn(6).nOut(1).build(), false)
              .getLayerWiseConfigurations();
      assertThat(MultiLayerConfiguration.fromJson(configuration.toJson())).isEqualTo(configuration);
    }
  }

  private static MultiLayerNetwork network(Layer head, boolean miniBatch) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(4)
                .updater(new Adam(0.01))
                .miniBatch(miniBatch)
                .list()
                .layer(new LSTM.Builder().nIn(2).nOut(6).build())
                .layer(head)
                .build());
    network.init();
    return network;
  }
}
