package dev.eddy.model.inference;

import dev.eddy.model.kernel.WeightShapes;
import dev.eddy.model.settings.InputSettings;
import dev.eddy.model.settings.MemoryEstimate;
import dev.eddy.model.settings.ModelSettings;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.spec.layer.LayerShape;
import java.util.Map;

/**
 * Estimates the memory that training takes, from the arrays that it is known to make: those of
 * every network's passes, of the batches, and of the key that is being read. All of them are of the
 * JVM's heap, or outside it of ND4J.
 */
public final class TrainingMemory {
  private static final int INPUTS_OF_A_FEATURE = 3; // as NumericEncoder makes them
  private static final int ROW_BYTES = 96; // of an observation's objects
  private static final int COPIES = 6; // of the parameters, in ND4J: with gradients, Adam, averages
  private static final int PACKED = 4; // of the parameters, in the passes
  private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8L;

  private final NetworkShape shape;
  private final ModelSettings model;
  private final TrainingSettings training;
  private final long rows; // of a batch

  private TrainingMemory(
      NetworkShape shape, ModelSettings model, TrainingSettings training, long longest) {
    this.shape = shape;
    this.model = model;
    this.training = training;
    this.rows = training.batch() * Math.min(longest, training.sequenceLength());
  }

  /** The same where nobody has counted yet: no less than sequences usually are. */
  public static MemoryEstimate atLeast(
      InputSettings input, ModelSettings model, TrainingSettings training) {
    return before(input, model, training, TrainingSettings.of(training.split()).sequenceLength());
  }

  /**
   * What is known of it before the history is read: the least that it may be.
   *
   * @param longest observations of the longest key, which no sequence is longer than
   */
  public static MemoryEstimate before(
      InputSettings input, ModelSettings model, TrainingSettings training, long longest) {
    int targets = input.targets().size();
    int ahead = input.future().map(future -> future.features().size()).orElse(0);
    int inputs =
        1
            + INPUTS_OF_A_FEATURE * input.features().numeric().size()
            + input.features().categorical().size()
            + targets
            + INPUTS_OF_A_FEATURE * ahead * model.horizons().size();
    int outputs =
        input.classifies() ? 2 : targets * model.horizons().size() * model.quantiles().size();
    NetworkShape shape = model.network(inputs, outputs).withNetworks(training.seeds());
    return new TrainingMemory(shape, model, training, longest).estimate(0);
  }

  /**
   * Once the network is known.
   *
   * @param longest observations of the longest key
   * @param columns actuals that a row may have
   */
  public static MemoryEstimate of(
      NetworkShape shape,
      ModelSettings model,
      TrainingSettings training,
      long longest,
      int features,
      int columns) {
    long ofKey = longest * (ROW_BYTES + 8L * features + 4L * columns);
    return new TrainingMemory(shape, model, training, longest).estimate(ofKey);
  }

  private MemoryEstimate estimate(long ofKey) {
    double parameters = WeightShapes.count(shape.member()); // a long could overflow
    double networks = training.seeds() * (training.refit() ? 2 : 1);
    double windows = (double) rows * (shape.inputSize() + shape.outputSize() + 1);
    double heap = networks * (passes() + PACKED * parameters) + training.seeds() * windows;
    double units = shape.layers().stream().mapToDouble(LayerShape::units).sum();
    double activations = rows * (units + shape.outputSize());
    double outside = training.seeds() * windows + activations + COPIES * networks * parameters;
    return new MemoryEstimate(
        "training",
        (long) (Float.BYTES * heap + ofKey),
        (long) (Float.BYTES * outside),
        largestArray() <= LARGEST_ARRAY,
        largest());
  }

  /** Numbers that one network's passes keep. */
  private long passes() {
    long numbers = rows * (2L * shape.topSize() + shape.outputSize()); // the head's
    numbers -= rows * shape.inputSize(); // nobody needs the gradient by the network's inputs
    for (LayerShape layer : shape.layers()) {
      numbers += rows * (2L * layer.inputs() + layer.kept() + layer.units());
    }
    return numbers;
  }

  private long largestArray() {
    long widest = Math.max(shape.inputSize(), shape.outputSize());
    for (LayerShape layer : shape.layers()) {
      widest = Math.max(widest, (long) layer.products() / layer.units() * (layer.units() + 15L));
    }
    return Math.max(widest * (rows + training.batch()), WeightShapes.count(shape) * Float.BYTES);
  }

  /** The setting that is the furthest above its default. */
  private Map.Entry<String, Object> largest() {
    ModelSettings usual = ModelSettings.defaults();
    TrainingSettings usually = TrainingSettings.of(training.split());
    return MemoryEstimate.largest(
        new MemoryEstimate.Factor("training.batch", training.batch(), usually.batch()),
        new MemoryEstimate.Factor(
            "training.sequence-length", training.sequenceLength(), usually.sequenceLength()),
        new MemoryEstimate.Factor("model.hidden", shape.widestSize(), usual.hidden()),
        new MemoryEstimate.Factor("model.layers", model.depth(), usual.depth()),
        new MemoryEstimate.Factor("training.seeds", training.seeds(), usually.seeds()),
        new MemoryEstimate.Factor("model.horizons", model.horizons().size(), 24),
        new MemoryEstimate.Factor(
            "model.quantiles", model.quantiles().size(), usual.quantiles().size()));
  }
}
