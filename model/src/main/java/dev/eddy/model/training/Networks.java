package dev.eddy.model.training;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightNames;
import dev.eddy.model.kernel.WeightShapes;
import dev.eddy.model.layer.CellLayer;
import dev.eddy.model.layer.GruLayer;
import dev.eddy.model.layer.LstmLayer;
import dev.eddy.model.layer.RnnLayer;
import dev.eddy.model.layer.RowwiseLoss;
import dev.eddy.model.layer.SequenceOutputLayer;
import dev.eddy.model.layer.SruLayer;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/** Builds the Deeplearning4j network of a shape, and exports its weights for serving. */
final class Networks {
  private Networks() {}

  /** A new network, its head zero, so that it begins as the naive forecaster. */
  static MultiLayerNetwork create(NetworkShape shape, TrainingSettings settings, RowwiseLoss loss) {
    NeuralNetConfiguration.ListBuilder builder =
        new NeuralNetConfiguration.Builder()
            .seed(settings.seed())
            .updater(new Adam(new CosineSchedule(settings.learningRate(), settings.updates())))
            .regularization(List.of(new WeightDecay(settings.weightDecay(), true)))
            .gradientNormalization(GradientNormalization.ClipL2PerLayer)
            .gradientNormalizationThreshold(settings.clip())
            .miniBatch(false) // the losses are means already
            .list();
    for (int layer = 0; layer < shape.layers(); layer++) {
      builder.layer(recurrent(shape, layer, settings.dropout()));
    }
    builder.layer(
        new SequenceOutputLayer.Builder(loss)
            .weightInit(WeightInit.ZERO)
            .nIn(shape.hiddenSize())
            .nOut(shape.outputSize())
            .build());
    MultiLayerNetwork network = new MultiLayerNetwork(builder.build());
    network.init();
    return network;
  }

  private static CellLayer recurrent(NetworkShape shape, int layer, double dropout) {
    CellLayer.Builder<?> builder =
        switch (shape.cell()) {
          case SRU -> new SruLayer.Builder();
          case LSTM -> new LstmLayer.Builder().peephole(shape.peephole());
          case GRU -> new GruLayer.Builder();
          case RNN -> new RnnLayer.Builder().leak(shape.leak());
        };
    builder.nIn(shape.inputSize(layer)).nOut(shape.hiddenSize());
    if (layer == 0) {
      builder.withoutInputGradient();
    } else if (dropout > 0) {
      builder.dropOut(new SpatialDropout(1 - dropout)); // one mask a sequence
    }
    return builder.build();
  }

  /** The network's weights in the canonical layout, which is that of the layers' parameters. */
  static NetworkWeights export(MultiLayerNetwork network, NetworkShape shape) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    WeightShapes.of(shape)
        .forEach((name, extents) -> tensors.put(name, new Tensor(extents, values(network, name))));
    return new NetworkWeights(shape, tensors);
  }

  /** Row-major. */
  private static float[] values(MultiLayerNetwork network, String name) {
    int head = network.getnLayers() - 1;
    if (name.equals(WeightNames.HEAD_WEIGHT)) {
      return network.getParam(head + "_W").dup('c').data().asFloat();
    }
    if (name.equals(WeightNames.HEAD_BIAS)) {
      return network.getParam(head + "_b").dup('c').data().asFloat();
    }
    String[] parts = name.split("\\.", 3); // layers.<layer>.<parameter>
    int layer = Integer.parseInt(parts[1]);
    if (name.equals(WeightNames.highwayScale(layer))) {
      SruLayer conf = (SruLayer) network.getLayer(layer).conf().getLayer();
      return new float[] {conf.highwayScale()};
    }
    return network.getParam(layer + "_" + parts[2]).dup('c').data().asFloat();
  }

  /** The network with its updater, as Deeplearning4j reads it back. */
  static byte[] zip(MultiLayerNetwork network) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, bytes, true);
    return bytes.toByteArray();
  }
}
