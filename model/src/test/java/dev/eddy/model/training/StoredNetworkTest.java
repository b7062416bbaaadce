package dev.eddy.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.layer.CellLayer;
import dev.eddy.model.layer.GruLayer;
import dev.eddy.model.layer.LstmLayer;
import dev.eddy.model.layer.PinballLoss;
import dev.eddy.model.layer.RnnLayer;
import dev.eddy.model.layer.RowwiseLoss;
import dev.eddy.model.layer.SequenceOutputLayer;
import dev.eddy.model.layer.SoftmaxCrossEntropy;
import dev.eddy.model.layer.SruLayer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/**
 * A stored network names the classes of its layers, losses and schedule: moving or renaming one
 * would leave stores that nobody can read. The texts are the {@code configuration.json} of a {@code
 * network.zip} each.
 */
class StoredNetworkTest {
  @Test
  void a_stored_forecaster_of_every_cell_reads_as_it_was_written() throws IOException {
    RowwiseLoss loss =
        new PinballLoss(
            new double[] {0.1, 0.5, 0.9}, new double[] {-1, 0, 1}, new double[] {2, 2, 2});
    assertReads(
        "stored-forecaster.json",
        new SruLayer.Builder().highwayBias(-0.5).nIn(3).nOut(4).withoutInputGradient().build(),
        dropped(new LstmLayer.Builder().peephole(true)),
        dropped(new GruLayer.Builder()),
        dropped(new RnnLayer.Builder().leak(0.5)),
        output(loss));
  }

  @Test
  void a_stored_classifier_reads_as_it_was_written() throws IOException {
    assertReads(
        "stored-classifier.json",
        new SruLayer.Builder().nIn(3).nOut(4).withoutInputGradient().build(),
        output(new SoftmaxCrossEntropy()));
  }

  private static Layer dropped(CellLayer.Builder<?> builder) {
    builder.nIn(4).nOut(4).dropOut(new SpatialDropout(0.8));
    return builder.build();
  }

  private static Layer output(RowwiseLoss loss) {
    return new SequenceOutputLayer.Builder(loss).weightInit(WeightInit.ZERO).nIn(4).nOut(3).build();
  }

  private static void assertReads(String name, Layer... layers) throws IOException {
    String text;
    try (InputStream stored = StoredNetworkTest.class.getResourceAsStream(name)) {
      text = new String(stored.readAllBytes(), StandardCharsets.UTF_8);
    }
    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(text);
    MultiLayerNetwork network = new MultiLayerNetwork(read.clone());
    network.init();
    assertThat(network.getnLayers()).isEqualTo(layers.length);
    assertThat(read.toJson()).isEqualTo(text);
    MultiLayerNetwork written = new MultiLayerNetwork(configuration(layers));
    written.init();
    assertThat(read).isEqualTo(written.getLayerWiseConfigurations());
  }

  private static MultiLayerConfiguration configuration(Layer... layers) {
    NeuralNetConfiguration.ListBuilder builder =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(new CosineSchedule(0.003, 400)))
            .regularization(List.of(new WeightDecay(0.001, true)))
            .gradientNormalization(GradientNormalization.ClipL2PerLayer)
            .gradientNormalizationThreshold(1)
            .miniBatch(false)
            .list();
    for (Layer layer : layers) {
      builder.layer(layer);
    }
    return builder.build();
  }
}
