package dev.eddy.model.inference;

import dev.eddy.model.kernel.WeightShapes;
import dev.eddy.model.settings.InputSettings;
import dev.eddy.model.settings.MemoryEstimate;
import dev.eddy.model.settings.ModelSettings;
import dev.eddy.model.spec.NetworkShape;
import java.util.List;

/** Estimates the memory that a model takes where it serves, and that each key's state takes. */
public final class ServingMemory {
  private static final int USUAL_BATCH = 256;
  private static final int USUAL_HIDDEN = 64;
  private static final int GROWTH = 2; // arrays are doubled while they grow
  private static final int ROW_BYTES = 200; // of an observation's and a prediction's objects
  private static final int PRODUCTS = 4; // blocks of hidden units that a product may have
  private static final int LAYERS = 4; // a layer's inputs and outputs, padded and not
  private static final int PACKED = 3; // of the weights: as read, and as an engine packs them
  private static final int BOUNDS = 9; // of a pair of quantiles: a level, and pending intervals
  private static final int CLOCKS = 6; // of a column's pending intervals
  private static final int OF_TARGET = 9; // running sums and levels
  private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8L;

  private ServingMemory() {}

  /**
   * What the tasks of one process take.
   *
   * @param outputs numbers of a prediction
   * @param tasks how many step in the process
   */
  public static MemoryEstimate of(NetworkShape shape, int outputs, int maxBatch, int tasks) {
    long hidden = shape.widestSize();
    long numbers =
        shape.inputSize() + shape.stateSize() + 5L * outputs + (LAYERS + PRODUCTS) * hidden;
    long rows = (long) GROWTH * maxBatch;
    long weights = (long) PACKED * WeightShapes.count(shape);
    long widest = Math.max(Math.max(shape.stateSize(), outputs), PRODUCTS * (hidden + 15));
    return new MemoryEstimate(
        "serving",
        tasks * (rows * (Float.BYTES * numbers + ROW_BYTES) + Float.BYTES * weights),
        0,
        rows * widest <= LARGEST_ARRAY,
        MemoryEstimate.largest(
            new MemoryEstimate.Factor("serving.max-batch", maxBatch, USUAL_BATCH),
            new MemoryEstimate.Factor("model.hidden", shape.widestSize(), USUAL_HIDDEN),
            new MemoryEstimate.Factor("model.layers", shape.layers().size(), 2),
            new MemoryEstimate.Factor("flink.parallelism.default", tasks, 2)));
  }

  /**
   * Bytes of a key's state, as its arrays hold it; stored, it is about as large. Without seasons
   * that training has yet to find.
   */
  public static long ofKey(InputSettings input, ModelSettings model, int networks) {
    long features = input.features().numeric().size();
    long targets = input.targets().size();
    long columns = targets * model.horizons().size();
    long pairs = model.quantiles().size() / 2;
    long seasons = model.season().orElse(List.of()).stream().mapToLong(each -> each).sum();
    long ahead =
        input.future().map(each -> each.features().size() * (each.reach() + 1L)).orElse(0L);
    long hidden = model.network(1, 1).withNetworks(networks).stateSize();
    long values = features + targets * (2 + seasons) + ahead + columns * pairs * BOUNDS;
    long sums = 3 * (1 + features) + targets * OF_TARGET + columns * CLOCKS;
    return Float.BYTES * hidden + Double.BYTES * (values + sums);
  }
}
