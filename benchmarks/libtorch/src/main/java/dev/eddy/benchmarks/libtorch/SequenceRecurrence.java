package dev.eddy.benchmarks.libtorch;

import dev.eddy.benchmarks.work.StepCase;
import dev.eddy.model.spec.CellType;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** {@code lstm}, {@code gru} and {@code rnn_tanh} over a sequence of one step. */
final class SequenceRecurrence implements Recurrence {
  private final CellType cell;
  private final Tensor input; // [1, rows, D]
  private final CellWeights weights;
  private final TensorVector parameters;
  private final TensorVector state; // h, c: [1, rows, H]

  SequenceRecurrence(StepCase step, Tensor rows) {
    this.cell = step.cell();
    this.input = rows.unsqueeze(0);
    this.weights = new CellWeights(step.weights());
    this.parameters = weights.all();
    this.state =
        new TensorVector(
            Tensors.zeros(1, step.rows(), step.hidden()),
            Tensors.zeros(1, step.rows(), step.hidden()));
  }

  @Override
  public String name() {
    return "a sequence of one";
  }

  @Override
  public void step() {
    switch (cell) {
      case LSTM -> {
        try (T_TensorTensorTensor_T result =
            torch.lstm(input, state, parameters, true, 1, 0, false, false, false)) {
          state.put(0, result.get1()).put(1, result.get2());
        }
      }
      case GRU -> keep(torch.gru(input, state.get(0), parameters, true, 1, 0, false, false, false));
      case RNN ->
          keep(torch.rnn_tanh(input, state.get(0), parameters, true, 1, 0, false, false, false));
      case SRU -> throw new IllegalStateException("cell: sru (libtorch has none)");
    }
  }

  private void keep(T_TensorTensor_T result) {
    state.put(0, result.get1());
    result.close();
  }

  @Override
  public Tensor output() {
    return state.get(0);
  }

  @Override
  public @Nullable Tensor cell() {
    return cell == CellType.LSTM ? state.get(1) : null;
  }

  @Override
  public void close() {
    for (Pointer pointer : new Pointer[] {state, parameters, input}) {
      pointer.close();
    }
    weights.close();
  }
}
