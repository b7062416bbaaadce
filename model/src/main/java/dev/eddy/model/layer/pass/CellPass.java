package dev.eddy.model.layer.pass;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arithmetic of one recurrent layer over whole sequences, forward and back. What a forward pass
 * keeps is what the backward pass that follows it needs. Holds no weights; confined to one thread.
 */
public interface CellPass {
  /**
   * Steps the sequences through.
   *
   * @param parameters by the names of {@link NamedArrays}
   * @param initial the hidden state before the first step, [B, H] each by its name; zero where
   *     absent
   * @param mask [B, T], 0 where a step gives 0 and leaves a zero state; null: nowhere
   * @param input [B, D, T], any layout in memory
   * @param output [B, H, T] in time-major layout, receives h
   */
  void forward(
      Map<String, INDArray> parameters,
      Map<String, INDArray> initial,
      @Nullable INDArray mask,
      INDArray input,
      INDArray output);

  /** The hidden state after the last step of the latest forward pass, [B, H] each by its name. */
  Map<String, INDArray> lastState();

  /**
   * Walks back over the latest forward pass.
   *
   * @param parameters those of the forward pass
   * @param outputGradient [B, H, T] of the loss by h, any layout in memory
   * @param firstStep errors flow back to this step and no further
   * @param gradients by parameter, overwritten
   * @param inputGradient [B, D, T] in time-major layout, receives the gradient by the input; null:
   *     not wanted
   */
  void backward(
      Map<String, INDArray> parameters,
      INDArray outputGradient,
      int firstStep,
      Map<String, INDArray> gradients,
      @Nullable INDArray inputGradient);

  /** Refuses an initial state of another batch size. */
  static void checkState(INDArray state, int batch) {
    if (state.size(0) != batch) {
      throw new IllegalArgumentException(
          "state: of "
              + state.size(0)
              + " sequences (must be of "
              + batch
              + ", as the input; clear it between batches)");
    }
  }
}
