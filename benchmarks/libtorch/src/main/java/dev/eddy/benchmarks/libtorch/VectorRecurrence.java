package dev.eddy.benchmarks.libtorch;

import dev.eddy.benchmarks.work.StepCase;
import dev.eddy.model.spec.CellType;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * A step of a single row, composed of matrix-vector products: for one row of a wide layer OpenBLAS
 * multiplies matrices far slower, and libtorch's own operators know nothing else.
 */
final class VectorRecurrence implements Recurrence {
  private final CellType cell;
  private final int size;
  private final Tensor row; // view [D]
  private final CellWeights weights;
  private final Tensor inputGates; // [G·H]
  private final Tensor recurrentGates; // [G·H]
  private final Tensor h; // [H]
  private final Tensor c; // [H]
  private final List<Tensor> views = new ArrayList<>();

  VectorRecurrence(StepCase step, Tensor rows) {
    this.cell = step.cell();
    this.size = step.hidden();
    this.row = rows.select(0, 0);
    this.weights = new CellWeights(step.weights());
    long width = weights.input.size(0);
    this.inputGates = Tensors.zeros(width);
    this.recurrentGates = Tensors.zeros(width);
    this.h = Tensors.zeros(size);
    this.c = Tensors.zeros(size);
    for (Tensor gates : new Tensor[] {inputGates, recurrentGates}) {
      for (long from = 0; from < width; from += size) {
        views.add(gates.narrow(0, from, size));
      }
    }
    views.add(inputGates.narrow(0, 0, Math.min(2L * size, width)));
    views.add(recurrentGates.narrow(0, 0, Math.min(2L * size, width)));
  }

  @Override
  public String name() {
    return "composed of matrix-vector products";
  }

  @Override
  public void step() {
    torch.addmv_out(inputGates, weights.inputBias, weights.input, row);
    torch.addmv_out(recurrentGates, weights.recurrentBias, weights.recurrent, h);
    switch (cell) {
      case LSTM -> lstm();
      case GRU -> gru();
      case RNN -> torch.tanh_out(h, inputGates.add_(recurrentGates));
      case SRU -> throw new IllegalStateException("cell: sru (composed elsewhere)");
    }
  }

  /** Gates i, f, g, o. */
  private void lstm() {
    inputGates.add_(recurrentGates);
    views.get(8).sigmoid_(); // i and f
    Tensor candidate = views.get(2).tanh_();
    Tensor output = views.get(3).sigmoid_();
    c.mul_(views.get(1)).addcmul_(views.get(0), candidate);
    torch.tanh_out(h, c).mul_(output);
  }

  /** Gates r, z, n. */
  private void gru() {
    views.get(6).add_(views.get(7)).sigmoid_(); // r and z
    Tensor candidate = views.get(2).addcmul_(views.get(0), views.get(5)).tanh_();
    torch.lerp_out(h, candidate, h, views.get(1));
  }

  @Override
  public Tensor output() {
    return h;
  }

  @Override
  public @Nullable Tensor cell() {
    return cell == CellType.LSTM ? c : null;
  }

  @Override
  public void close() {
    views.forEach(Tensor::close);
    for (Tensor tensor : new Tensor[] {inputGates, recurrentGates, h, c, row}) {
      tensor.close();
    }
    weights.close();
  }
}
