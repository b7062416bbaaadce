package dev.eddy.model.kernel;

import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * All trained numbers of a network, in the canonical layout that training exports, the store keeps
 * and the engines pack. Immutable once built; shared by every thread. Row-major, layer {@code l}:
 *
 * <ul>
 *   <li>SRU: {@code layers.l.weight} [D, H * G], column blocks candidate c, forget f, reset r and,
 *       only if D ≠ H, the highway's projection of the input; {@code layers.l.recurrent} [2, H],
 *       v_f and v_r; {@code layers.l.bias} [2, H], b_f and b_r; {@code layers.l.highway-scale} [1],
 *       α.
 *   <li>LSTM: {@code layers.l.weight} [D, 4H], blocks i, f, g, o; {@code layers.l.recurrent} [H,
 *       4H]; {@code layers.l.bias} [4H]; with peepholes {@code layers.l.peephole} [3, H], of i, f
 *       and o.
 *   <li>GRU: {@code layers.l.weight} [D, 3H], blocks update z, reset r, candidate n; {@code
 *       layers.l.recurrent} [H, 3H]; {@code layers.l.bias} [4H], of z, of r, of n with the inputs,
 *       of n with h (which the reset gate scales).
 *   <li>RNN: {@code layers.l.weight} [D, H]; {@code layers.l.recurrent} [H, H]; {@code
 *       layers.l.bias} [H].
 *   <li>The head: {@code head.weight} [H, O], {@code head.bias} [O].
 * </ul>
 *
 * <p>Of several networks whose outputs are averaged, all names of network {@code n} begin with
 * {@code networks.n.}.
 *
 * @param shape the network's sizes
 * @param tensors every tensor of that shape by name, and no other
 */
public record NetworkWeights(NetworkShape shape, Map<String, Tensor> tensors) {
  /**
   * Checks names and extents against the shape.
   *
   * @throws IllegalArgumentException naming the first tensor that does not fit
   */
  public NetworkWeights {
    Map<String, int[]> expected = WeightShapes.of(shape);
    Map<String, Tensor> ordered = new LinkedHashMap<>();
    for (Map.Entry<String, int[]> entry : expected.entrySet()) {
      ordered.put(entry.getKey(), require(tensors, entry.getKey(), entry.getValue()));
    }
    for (String name : tensors.keySet()) {
      if (!expected.containsKey(name)) {
        throw new IllegalArgumentException(
            "tensor " + name + ": found (must not be in a network of " + shape.summary() + ")");
      }
    }
    tensors = Collections.unmodifiableMap(ordered);
  }

  /**
   * Random weights to begin training from; the same seed gives the same weights everywhere. SRU as
   * in arXiv:1709.02755v5 §3.2, the others Glorot-uniform, LSTM with forget bias 1, peepholes and
   * the head zero. Of several networks the n-th is that of {@code seed + n}.
   */
  public static NetworkWeights initialise(NetworkShape shape, long seed) {
    return of(
        LongStream.range(0, shape.networks())
            .mapToObj(network -> WeightInitialiser.initialise(shape.member(), seed + network))
            .toList());
  }

  /**
   * The weights of the mean of some networks; of one alone, its own.
   *
   * @param members one or more, each of one network, all of the same shape
   */
  public static NetworkWeights of(List<NetworkWeights> members) {
    NetworkWeights first = members.get(0);
    if (members.size() == 1) {
      return first;
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int network = 0; network < members.size(); network++) {
      for (Map.Entry<String, Tensor> entry : members.get(network).tensors.entrySet()) {
        tensors.put(WeightNames.ofNetwork(network, entry.getKey()), entry.getValue());
      }
    }
    return new NetworkWeights(first.shape.withNetworks(members.size()), tensors);
  }

  /** The weights of each network alone; their tensors are shared, not copied. */
  public List<NetworkWeights> members() {
    if (shape.networks() == 1) {
      return List.of(this);
    }
    Map<String, int[]> names = WeightShapes.of(shape.member());
    List<NetworkWeights> members = new ArrayList<>();
    for (int network = 0; network < shape.networks(); network++) {
      Map<String, Tensor> own = new LinkedHashMap<>();
      for (String name : names.keySet()) {
        own.put(name, tensor(WeightNames.ofNetwork(network, name)));
      }
      members.add(new NetworkWeights(shape.member(), own));
    }
    return members;
  }

  /** Each layer of one network, the lowest first. */
  public List<LayerWeights> layers() {
    return IntStream.range(0, shape.layers().size())
        .mapToObj(layer -> new LayerWeights(this, layer))
        .toList();
  }

  /** The tensor of that name; it exists if the name comes from {@link WeightNames}. */
  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "tensor " + name + ": none (must be in a network of " + shape.summary() + ")");
    }
    return tensor;
  }

  /** The values of the tensor of that name, row-major, not copied. */
  public float[] values(String name) {
    return tensor(name).values();
  }

  private static Tensor require(Map<String, Tensor> tensors, String name, int[] extents) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "tensor " + name + ": missing (must be of shape " + Arrays.toString(extents) + ")");
    }
    if (!Arrays.equals(tensor.shape(), extents)) {
      throw new IllegalArgumentException(
          "tensor "
              + name
              + ": shape "
              + Arrays.toString(tensor.shape())
              + " (must be "
              + Arrays.toString(extents)
              + ")");
    }
    return tensor;
  }
}
