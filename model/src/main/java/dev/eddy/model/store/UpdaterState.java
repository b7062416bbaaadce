package dev.eddy.model.store;

import dev.eddy.model.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an optimizer remembers of a network, for further training: numbers alone, in the safetensors
 * format, so that reading it runs nobody's code.
 *
 * @param values of all parameters, in the optimizer's own order
 * @param updates that it has made
 */
public record UpdaterState(float[] values, int updates) {
  /** The file in which they lie beside a version's weights. */
  public static final String FILE = "updater.safetensors";

  /** The file of a version's networks, in order. */
  public static byte[] write(List<UpdaterState> states) throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int network = 0; network < states.size(); network++) {
      UpdaterState state = states.get(network);
      tensors.put(values(network), new Tensor(new int[] {state.values.length}, state.values));
      tensors.put(updates(network), new Tensor(new int[] {1}, new float[] {state.updates}));
    }
    return SafeTensors.write(tensors);
  }

  /**
   * Reads it back.
   *
   * @throws IllegalArgumentException in one line, if it is not such a file of so many networks
   */
  public static List<UpdaterState> read(byte[] file, int networks) {
    Map<String, Tensor> tensors = SafeTensors.read(file);
    List<UpdaterState> states = new ArrayList<>();
    for (int network = 0; network < networks; network++) {
      Tensor values = require(tensors, values(network));
      Tensor updates = require(tensors, updates(network));
      states.add(new UpdaterState(values.values(), (int) updates.values()[0]));
    }
    return states;
  }

  private static Tensor require(Map<String, Tensor> tensors, String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null || tensor.values().length == 0) {
      throw new IllegalArgumentException("tensor " + name + ": missing (must be given)");
    }
    return tensor;
  }

  private static String values(int network) {
    return "networks." + network + ".adam";
  }

  private static String updates(int network) {
    return "networks." + network + ".updates";
  }
}
