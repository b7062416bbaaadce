package dev.eddy.model.engine;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.spec.layer.LayerShape;
import dev.eddy.model.tensor.PackedSequence;
import dev.eddy.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** A random network with a random history of each of several keys. */
public final class NetworkCase {
  public final NetworkShape shape;
  public final NetworkWeights weights;
  public final float[][] initial; // [keys][stateSize]
  public final float[][][] inputs; // [keys][observations of the key][D]

  public NetworkCase(NetworkShape shape, int keys, int maxObservations, long seed) {
    this.shape = shape;
    Random random = new Random(seed);
    this.weights = everyTensorRandom(shape, seed);
    this.initial = new float[keys][];
    this.inputs = new float[keys][][];
    for (int key = 0; key < keys; key++) {
      initial[key] = gaussian(random, shape.stateSize(), 0.7);
      inputs[key] = new float[1 + random.nextInt(maxObservations)][];
      for (int step = 0; step < inputs[key].length; step++) {
        inputs[key][step] = gaussian(random, shape.inputSize(), 1.5);
      }
    }
  }

  /** Any network whose sizes, peepholes and leak the random numbers choose. */
  public static NetworkCase any(CellType cell, long seed) {
    Random random = new Random(seed);
    int hidden = 1 + random.nextInt(40);
    int inputs = random.nextInt(3) == 0 ? hidden : 1 + random.nextInt(40);
    int layers = 1 + random.nextInt(3);
    int outputs = 1 + random.nextInt(20);
    boolean either = random.nextBoolean();
    boolean peephole = cell == CellType.LSTM && either;
    double leak = cell == CellType.RNN && either ? 0.05 + 0.95 * random.nextDouble() : 1;
    NetworkShape shape = new NetworkShape(cell, inputs, hidden, layers, outputs, peephole, leak);
    return new NetworkCase(shape, 1 + random.nextInt(15), 5, random.nextLong());
  }

  /** A stack of two to five layers of any cells and sizes. */
  public static NetworkCase mixed(long seed) {
    Random random = new Random(seed);
    List<LayerShape> layers = new ArrayList<>();
    int inputs = 1 + random.nextInt(40);
    int count = 2 + random.nextInt(4);
    for (int layer = 0; layer < count; layer++) {
      CellType cell = CellType.values()[random.nextInt(CellType.values().length)];
      int units = random.nextInt(3) == 0 ? inputs : 1 + random.nextInt(40);
      boolean peephole = cell == CellType.LSTM && random.nextBoolean();
      double leak = cell == CellType.RNN ? 0.05 + 0.95 * random.nextDouble() : 1;
      layers.add(cell.layer(inputs, units, peephole, leak));
      inputs = units;
    }
    NetworkShape shape = new NetworkShape(layers, 1 + random.nextInt(20), 1);
    return new NetworkCase(shape, 1 + random.nextInt(15), 5, random.nextLong());
  }

  /** Results of every key's observations, in order: outputs[key][step], and the state after. */
  public record Results(float[][][] outputs, float[][] states) {}

  /** One call for all keys and observations. */
  public Results together(StepEngine engine) {
    int[] keys = IntStream.range(0, inputs.length).toArray();
    int[] from = new int[inputs.length];
    int[] to = Arrays.stream(inputs).mapToInt(steps -> steps.length).toArray();
    Results results = empty();
    forward(engine, keys, from, to, results);
    return results;
  }

  /** One call for each observation. */
  public Results oneAtATime(StepEngine engine) {
    Results results = empty();
    for (int key = 0; key < inputs.length; key++) {
      for (int step = 0; step < inputs[key].length; step++) {
        forward(engine, new int[] {key}, new int[] {step}, new int[] {step + 1}, results);
      }
    }
    return results;
  }

  /** Calls with random keys in random order, each with random next observations. */
  public Results inRandomBatches(StepEngine engine, long seed) {
    Random random = new Random(seed);
    Results results = empty();
    int[] done = new int[inputs.length];
    while (IntStream.range(0, done.length).anyMatch(key -> done[key] < inputs[key].length)) {
      int[] chosen =
          random
              .ints(0, done.length)
              .distinct()
              .limit(1 + random.nextInt(done.length))
              .filter(key -> done[key] < inputs[key].length)
              .toArray();
      int[] from = Arrays.stream(chosen).map(key -> done[key]).toArray();
      int[] to =
          Arrays.stream(chosen)
              .map(key -> done[key] + 1 + random.nextInt(inputs[key].length - done[key]))
              .toArray();
      forward(engine, chosen, from, to, results);
      for (int i = 0; i < chosen.length; i++) {
        done[chosen[i]] = to[i];
      }
    }
    return results;
  }

  /** Every key's history through the plain-Java reference. */
  public Results reference() {
    ReferenceNetwork reference = new ReferenceNetwork(weights);
    Results results = empty();
    for (int key = 0; key < inputs.length; key++) {
      double[] state = widened(initial[key]);
      for (int step = 0; step < inputs[key].length; step++) {
        results.outputs[key][step] = narrowed(reference.step(state, widened(inputs[key][step])));
      }
      results.states[key] = narrowed(state);
    }
    return results;
  }

  private void forward(StepEngine engine, int[] keys, int[] from, int[] to, Results results) {
    int[] order =
        IntStream.range(0, keys.length)
            .boxed()
            .sorted(Comparator.comparing(i -> from[i] - to[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    PackedSequence sequence = new PackedSequence(shape.inputSize());
    int waves = Arrays.stream(order).map(i -> to[i] - from[i]).max().orElse(0);
    int[] batchSizes = new int[waves];
    for (int i : order) {
      for (int wave = 0; wave < to[i] - from[i]; wave++) {
        batchSizes[wave]++;
      }
    }
    sequence.reset(batchSizes, waves);
    float[] hidden = new float[keys.length * shape.stateSize()];
    int row = 0;
    for (int wave = 0; wave < waves; wave++) {
      for (int slot = 0; slot < batchSizes[wave]; slot++) {
        float[] input = inputs[keys[order[slot]]][from[order[slot]] + wave];
        System.arraycopy(input, 0, sequence.inputs(), row++ * input.length, input.length);
      }
    }
    for (int slot = 0; slot < order.length; slot++) {
      float[] state = results.states[keys[order[slot]]];
      System.arraycopy(state, 0, hidden, slot * state.length, state.length);
    }
    float[] outputs = new float[row * shape.outputSize()];
    engine.forward(sequence, hidden, outputs);
    row = 0;
    for (int wave = 0; wave < waves; wave++) {
      for (int slot = 0; slot < batchSizes[wave]; slot++) {
        int at = row++ * shape.outputSize();
        results.outputs[keys[order[slot]]][from[order[slot]] + wave] =
            Arrays.copyOfRange(outputs, at, at + shape.outputSize());
      }
    }
    for (int slot = 0; slot < order.length; slot++) {
      int at = slot * shape.stateSize();
      results.states[keys[order[slot]]] = Arrays.copyOfRange(hidden, at, at + shape.stateSize());
    }
  }

  private Results empty() {
    float[][][] outputs = new float[inputs.length][][];
    for (int key = 0; key < inputs.length; key++) {
      outputs[key] = new float[inputs[key].length][];
    }
    return new Results(outputs, initial.clone());
  }

  /** Initial weights, and random numbers where initialisation has zeros. */
  private static NetworkWeights everyTensorRandom(NetworkShape shape, long seed) {
    Random random = new Random(seed ^ 0x5eed);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    NetworkWeights.initialise(shape, seed)
        .tensors()
        .forEach(
            (name, tensor) -> {
              float[] values = tensor.values().clone();
              if (!name.endsWith(".weight") || name.startsWith("head")) {
                for (int i = 0; i < values.length; i++) {
                  values[i] += (float) (0.3 * random.nextGaussian());
                }
              }
              tensors.put(name, new Tensor(tensor.shape(), values));
            });
    return new NetworkWeights(shape, tensors);
  }

  private static float[] gaussian(Random random, int size, double deviation) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static float[] narrowed(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }
}
