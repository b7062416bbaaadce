package dev.eddy.model.layer.pass;

import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Names under which a recurrent layer hands its parameters and states to its pass. */
public final class NamedArrays {
  /** What multiplies the inputs. */
  public static final String WEIGHT = "weight";

  /** What multiplies the hidden state. */
  public static final String RECURRENT = "recurrent";

  /** What is added. */
  public static final String BIAS = "bias";

  /** What an LSTM's gates see of the cell. */
  public static final String PEEPHOLE = "peephole";

  /** h in {@code rnnTimeStep}'s and truncated backpropagation's state. */
  public static final String OUTPUT = "h";

  /** c in that state. */
  public static final String CELL = "c";

  private NamedArrays() {}

  /** The array of that name, which must be there. */
  public static INDArray get(Map<String, INDArray> arrays, String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }
}
