package dev.eddy.model.layer.pass;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arithmetic of a linear output layer, whose parameters are Deeplearning4j's: {@code W} [H, O]
 * 'f'-ordered and, if it has one, {@code b}. Confined to one thread.
 */
public interface HeadPass {
  /**
   * All steps at once.
   *
   * @param input [B, H, T], any layout in memory
   * @return [T·B, O]
   */
  INDArray forward(Map<String, INDArray> parameters, INDArray input);

  /**
   * The way back, after a forward pass.
   *
   * @param input that of the forward pass
   * @param delta [T·B, O] of the loss by the outputs
   * @param gradients by parameter, overwritten
   * @param inputGradient [B, H, T] in time-major layout, receives the gradient by the input
   */
  void backward(
      Map<String, INDArray> parameters,
      INDArray input,
      INDArray delta,
      Map<String, INDArray> gradients,
      INDArray inputGradient);
}
