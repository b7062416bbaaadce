package dev.eddy.model.training;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightNames;
import dev.eddy.model.kernel.WeightShapes;
import dev.eddy.model.layer.HostLstmHelper;
import dev.eddy.model.layer.RowwiseLoss;
import dev.eddy.model.layer.SequenceOutputLayer;
import dev.eddy.model.layer.SruLayer;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/** Builds the Deeplearning4j network of a shape, and exports its weights for serving. */
final class Networks {
  /** DL4J's LSTM columns are [candidate, forget, output, input]; canonical is [i, f, g, o]. */
  private static final int[] LSTM_BLOCKS = {3, 1, 0, 2};

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
    HostLstmHelper.accelerate(network);
    return network;
  }

  private static BaseRecurrentLayer recurrent(NetworkShape shape, int layer, double dropout) {
    BaseRecurrentLayer.Builder<?> builder =
        shape.cell() == CellType.SRU
            ? new SruLayer.Builder()
            : new LSTM.Builder()
                .activation(Activation.TANH) // else it takes the defaults' sigmoid
                .weightInit(WeightInit.XAVIER_UNIFORM);
    builder.nIn(shape.inputSize(layer)).nOut(shape.hiddenSize());
    if (layer > 0 && dropout > 0) {
      builder.dropOut(new SpatialDropout(1 - dropout)); // one mask a sequence
    }
    return builder.build();
  }

  /** The network's weights in the canonical layout. */
  static NetworkWeights export(MultiLayerNetwork network, NetworkShape shape) {
    Map<String, int[]> shapes = WeightShapes.of(shape);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int layer = 0; layer < shape.layers(); layer++) {
      if (shape.cell() == CellType.SRU) {
        SruLayer conf = (SruLayer) network.getLayer(layer).conf().getLayer();
        add(tensors, shapes, WeightNames.weight(layer), values(network, layer + "_W"));
        add(tensors, shapes, WeightNames.recurrent(layer), values(network, layer + "_v"));
        add(tensors, shapes, WeightNames.bias(layer), values(network, layer + "_b"));
        float[] scale = {conf.highwayScale()};
        add(tensors, shapes, WeightNames.highwayScale(layer), scale);
      } else {
        int hidden = shape.hiddenSize();
        add(tensors, shapes, WeightNames.weight(layer), lstm(network, layer + "_W", hidden));
        add(tensors, shapes, WeightNames.recurrent(layer), lstm(network, layer + "_RW", hidden));
        add(tensors, shapes, WeightNames.bias(layer), lstm(network, layer + "_b", hidden));
      }
    }
    add(tensors, shapes, WeightNames.HEAD_WEIGHT, values(network, shape.layers() + "_W"));
    add(tensors, shapes, WeightNames.HEAD_BIAS, values(network, shape.layers() + "_b"));
    return new NetworkWeights(shape, tensors);
  }

  private static void add(
      Map<String, Tensor> tensors, Map<String, int[]> shapes, String name, float[] values) {
    tensors.put(name, new Tensor(Objects.requireNonNull(shapes.get(name), name), values));
  }

  /** Row-major. */
  private static float[] values(MultiLayerNetwork network, String parameter) {
    return network.getParam(parameter).dup('c').data().asFloat();
  }

  private static float[] lstm(MultiLayerNetwork network, String parameter, int hidden) {
    float[] theirs = values(network, parameter); // [rows, 4 * hidden]
    float[] ours = new float[theirs.length];
    for (int at = 0; at < ours.length; at += hidden) {
      int row = at / (4 * hidden);
      int block = at / hidden % 4;
      System.arraycopy(theirs, (row * 4 + LSTM_BLOCKS[block]) * hidden, ours, at, hidden);
    }
    return ours;
  }

  /** The network with its updater, as Deeplearning4j reads it back. */
  static byte[] zip(MultiLayerNetwork network) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ModelSerializer.writeModel(network, bytes, true);
    return bytes.toByteArray();
  }
}
