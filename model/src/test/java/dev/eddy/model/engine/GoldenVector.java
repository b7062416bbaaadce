package dev.eddy.model.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightShapes;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.PackedSequence;
import dev.eddy.model.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One key's history through one network, worked out apart from all code here: {@code
 * golden_vectors.py}, beside the vectors, makes them in decimal arithmetic from the papers'
 * equations.
 *
 * @param tensors by name, row-major
 * @param inputs [steps, D]
 * @param before [stateSize]
 * @param outputs [steps, O]
 * @param after [stateSize]
 */
public record GoldenVector(
    String name,
    NetworkShape network,
    Map<String, double[]> tensors,
    double[] inputs,
    double[] before,
    double[] outputs,
    double[] after) {

  /** At least one of every cell. */
  public static List<GoldenVector> all() throws IOException {
    try (InputStream file = GoldenVector.class.getResourceAsStream("golden-vectors.json")) {
      return List.of(new ObjectMapper().readValue(file, GoldenVector[].class));
    }
  }

  public int steps() {
    return inputs.length / network.inputSize();
  }

  public NetworkWeights weights() {
    Map<String, int[]> extents = WeightShapes.of(network);
    Map<String, Tensor> shaped = new LinkedHashMap<>();
    tensors.forEach(
        (tensor, values) ->
            shaped.put(
                tensor, new Tensor(Objects.requireNonNull(extents.get(tensor)), floats(values))));
    return new NetworkWeights(network, shaped);
  }

  /** The history as one key's micro-batch. */
  public PackedSequence sequence() {
    int[] oneKey = new int[steps()];
    Arrays.fill(oneKey, 1);
    PackedSequence sequence = new PackedSequence(network.inputSize());
    sequence.reset(oneKey, oneKey.length);
    System.arraycopy(floats(inputs), 0, sequence.inputs(), 0, inputs.length);
    return sequence;
  }

  public static float[] floats(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }

  @Override
  public String toString() {
    return name;
  }
}
