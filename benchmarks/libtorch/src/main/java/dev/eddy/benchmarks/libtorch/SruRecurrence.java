package dev.eddy.benchmarks.libtorch;

import dev.eddy.benchmarks.work.Floats;
import dev.eddy.benchmarks.work.StepCase;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightNames;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * SRU (Lei et al. 2018, arXiv:1709.02755v5) composed of libtorch's operators, six of them, all into
 * tensors that are made once:
 *
 * <pre>
 * U = b + x·W                     addmm, [rows, c | f | r]
 * f, r = σ(U_fr + v ⊙ c)          addcmul, sigmoid, on both gates at once
 * c = U_c + f ⊙ (c − U_c)         lerp
 * h = αx + r ⊙ (c − αx)           mul, lerp
 * </pre>
 */
final class SruRecurrence implements Recurrence {
  private final Tensor input; // [rows, H]
  private final Tensor weight; // [D, 3H]
  private final Tensor bias; // [3H], zero for the candidate
  private final Tensor gateRecurrent; // [2, H]
  private final Scalar scale; // α
  private final Tensor product; // [rows, 3H]
  private final Tensor candidate; // view [rows, H]
  private final Tensor gates; // view [rows, 2, H]
  private final Tensor forget; // view [rows, H]
  private final Tensor reset; // view [rows, H]
  private final Tensor cell; // [rows, H]
  private final Tensor cellOfGates; // view [rows, 1, H]
  private final Tensor highway; // [rows, H]
  private final Tensor output; // [rows, H]

  SruRecurrence(StepCase step, Tensor rows) {
    int size = step.hidden();
    NetworkWeights weights = step.weights();
    this.input = rows;
    this.weight = Tensors.of(weights.values(WeightNames.weight(0)), size, 3L * size);
    float[] biases = new float[3 * size];
    System.arraycopy(weights.values(WeightNames.bias(0)), 0, biases, size, 2 * size);
    this.bias = Tensors.of(biases, 3L * size);
    this.gateRecurrent =
        Tensors.of(
            Floats.columns(weights.values(WeightNames.recurrent(0)), size, 0, size), 2, size);
    this.scale = new Scalar(weights.values(WeightNames.highwayScale(0))[0]);
    this.product = Tensors.zeros(step.rows(), 3L * size);
    this.candidate = product.narrow(1, 0, size);
    this.gates = product.view(step.rows(), 3, size).narrow(1, 1, 2);
    this.forget = gates.select(1, 0);
    this.reset = gates.select(1, 1);
    this.cell = Tensors.zeros(step.rows(), size);
    this.cellOfGates = cell.unsqueeze(1);
    this.highway = Tensors.zeros(step.rows(), size);
    this.output = Tensors.zeros(step.rows(), size);
  }

  @Override
  public String name() {
    return "composed";
  }

  @Override
  public void step() {
    torch.addmm_out(product, bias, input, weight);
    gates.addcmul_(gateRecurrent, cellOfGates);
    gates.sigmoid_();
    torch.lerp_out(cell, candidate, cell, forget);
    torch.mul_out(highway, input, scale);
    torch.lerp_out(output, highway, cell, reset);
  }

  @Override
  public Tensor output() {
    return output;
  }

  @Override
  public Tensor cell() {
    return cell;
  }

  @Override
  public void close() {
    Pointer[] all = {
      weight,
      bias,
      gateRecurrent,
      scale,
      candidate,
      forget,
      reset,
      gates,
      cellOfGates,
      product,
      cell,
      highway,
      output
    };
    for (Pointer pointer : all) {
      pointer.close();
    }
  }
}
