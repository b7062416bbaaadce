package dev.eddy.model.training.network;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightNames;
import dev.eddy.model.kernel.WeightShapes;
import dev.eddy.model.layer.CellLayer;
import dev.eddy.model.layer.RowwiseLoss;
import dev.eddy.model.layer.SequenceOutputLayer;
import dev.eddy.model.layer.SruLayer;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.spec.layer.LayerShape;
import dev.eddy.model.spec.layer.TensorShape;
import dev.eddy.model.store.UpdaterState;
import dev.eddy.model.tensor.Tensor;
import dev.eddy.settings.Require;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.schedule.ISchedule;

/** A stack of layers and a linear head, as a network of Deeplearning4j. */
public final class LayeredNetwork implements TrainableNetwork {
  private static final String SCALE = "." + TensorShape.HIGHWAY_SCALE;

  private final NetworkShape shape;
  private final MultiLayerNetwork network;

  private LayeredNetwork(NetworkShape shape, MultiLayerNetwork network) {
    this.shape = shape;
    this.network = network;
  }

  /**
   * A new network, its head zero, so that it begins as the naive forecaster.
   *
   * @param shape of one network
   * @param rate by which it learns
   */
  public static LayeredNetwork create(
      NetworkShape shape, TrainingSettings settings, RowwiseLoss loss, ISchedule rate) {
    return new LayeredNetwork(shape, build(shape, settings, loss, rate));
  }

  /**
   * A network that goes on where another was left.
   *
   * @param state what the optimizer remembered of it; empty: it begins anew
   */
  public static LayeredNetwork goOn(
      NetworkWeights weights,
      Optional<UpdaterState> state,
      TrainingSettings settings,
      RowwiseLoss loss,
      ISchedule rate) {
    LayeredNetwork created = create(weights.shape(), settings, loss, rate);
    weights.tensors().forEach((name, tensor) -> set(created.network, name, tensor));
    state.ifPresent(each -> restore(created.network, each));
    return created;
  }

  @Override
  public double fit(INDArray inputs, INDArray labels, @Nullable INDArray mask) {
    double decay = network.calcRegularizationScore(true); // which the score will hold
    network.fit(inputs, labels, mask, null);
    double score = network.score();
    return Double.isFinite(score) ? score - decay : score; // infinite both: not a number
  }

  @Override
  public INDArray outputs(INDArray inputs, @Nullable INDArray mask) {
    return network.output(inputs, false, mask, null);
  }

  @Override
  public INDArray parameters() {
    return network.params();
  }

  @Override
  public void setParameters(INDArray values) {
    network.setParams(values);
  }

  /** The layers' parameters are in the canonical layout already. */
  @Override
  public NetworkWeights export() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    WeightShapes.of(shape)
        .forEach((name, extents) -> tensors.put(name, new Tensor(extents, values(network, name))));
    return new NetworkWeights(shape, tensors);
  }

  @Override
  public UpdaterState updaterState() {
    float[] values = network.getUpdater().getStateViewArray().dup().data().asFloat();
    return new UpdaterState(values, network.getIterationCount());
  }

  private static void restore(MultiLayerNetwork network, UpdaterState state) {
    INDArray view = network.getUpdater().getStateViewArray();
    Require.that(
        view.length() == state.values().length,
        UpdaterState.FILE,
        state.values().length + " numbers",
        view.length() + " for this network");
    view.assign(Nd4j.create(state.values(), view.shape()));
    network.getLayerWiseConfigurations().setIterationCount(state.updates());
  }

  private static void set(MultiLayerNetwork network, String name, Tensor tensor) {
    if (name.endsWith(SCALE)) {
      float made = values(network, name)[0];
      Require.that(
          tensor.values()[0] == made, "tensor " + name, tensor.values()[0], made + ", to go on");
      return;
    }
    INDArray parameter = network.getParam(parameter(network, name));
    parameter.assign(Nd4j.create(tensor.values(), parameter.shape(), 'c'));
  }

  private static MultiLayerNetwork build(
      NetworkShape shape, TrainingSettings settings, RowwiseLoss loss, ISchedule rate) {
    NeuralNetConfiguration.ListBuilder builder =
        new NeuralNetConfiguration.Builder()
            .seed(settings.seed())
            .updater(new Adam(rate))
            .regularization(List.of(new WeightDecay(settings.weightDecay(), true)))
            .gradientNormalization(GradientNormalization.ClipL2PerLayer)
            .gradientNormalizationThreshold(settings.clip())
            .miniBatch(false) // the losses are means already
            .list();
    for (int layer = 0; layer < shape.layers().size(); layer++) {
      builder.layer(recurrent(shape.layers().get(layer), layer == 0, settings.dropout()));
    }
    builder.layer(
        new SequenceOutputLayer.Builder(loss)
            .weightInit(WeightInit.ZERO)
            .nIn(shape.topSize())
            .nOut(shape.outputSize())
            .build());
    MultiLayerNetwork network = new MultiLayerNetwork(builder.build());
    network.init();
    return network;
  }

  private static CellLayer recurrent(LayerShape shape, boolean lowest, double dropout) {
    CellLayer.Builder<?> builder = shape.accept(new TrainableLayers());
    builder.nIn(shape.inputs()).nOut(shape.units());
    if (lowest) {
      builder.withoutInputGradient();
    } else if (dropout > 0) {
      builder.dropOut(new SpatialDropout(1 - dropout)); // one mask a sequence
    }
    return builder.build();
  }

  /** Row-major. */
  private static float[] values(MultiLayerNetwork network, String name) {
    if (name.endsWith(SCALE)) {
      int layer = Integer.parseInt(name.split("\\.", 3)[1]);
      SruLayer conf = (SruLayer) network.getLayer(layer).conf().getLayer();
      return new float[] {conf.highwayScale()};
    }
    return network.getParam(parameter(network, name)).dup('c').data().asFloat();
  }

  /** Deeplearning4j's name of a tensor. */
  private static String parameter(MultiLayerNetwork network, String name) {
    int head = network.getnLayers() - 1;
    if (name.equals(WeightNames.HEAD_WEIGHT)) {
      return head + "_W";
    }
    if (name.equals(WeightNames.HEAD_BIAS)) {
      return head + "_b";
    }
    String[] parts = name.split("\\.", 3); // layers.<layer>.<parameter>
    return parts[1] + "_" + parts[2];
  }

  /** The network of Deeplearning4j itself. */
  MultiLayerNetwork network() {
    return network;
  }
}
