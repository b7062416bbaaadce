package dev.eddy.benchmarks.libtorch;

import dev.eddy.benchmarks.work.StepCase;
import dev.eddy.model.spec.CellType;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** {@code lstm_cell}, {@code gru_cell} and {@code rnn_tanh_cell}. */
final class CellRecurrence implements Recurrence {
  private final CellType cell;
  private final Tensor input; // [rows, D]
  private final CellWeights weights;
  private final TensorOptional inputBias;
  private final TensorOptional recurrentBias;
  private final TensorVector state; // h, c: [rows, H]

  CellRecurrence(StepCase step, Tensor rows) {
    this.cell = step.cell();
    this.input = rows;
    this.weights = new CellWeights(step.weights());
    this.inputBias = weights.optionalInputBias();
    this.recurrentBias = weights.optionalRecurrentBias();
    this.state =
        new TensorVector(
            Tensors.zeros(step.rows(), step.hidden()), Tensors.zeros(step.rows(), step.hidden()));
  }

  @Override
  public String name() {
    return "a cell";
  }

  @Override
  public void step() {
    Tensor w = weights.input;
    Tensor r = weights.recurrent;
    switch (cell) {
      case LSTM -> {
        try (T_TensorTensor_T result =
            torch.lstm_cell(input, state, w, r, inputBias, recurrentBias)) {
          state.put(0, result.get0()).put(1, result.get1());
        }
      }
      case GRU -> keep(torch.gru_cell(input, state.get(0), w, r, inputBias, recurrentBias));
      case RNN -> keep(torch.rnn_tanh_cell(input, state.get(0), w, r, inputBias, recurrentBias));
      case SRU -> throw new IllegalStateException("cell: sru (libtorch has none)");
    }
  }

  private void keep(Tensor result) {
    state.put(0, result);
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
    state.close();
    inputBias.close();
    recurrentBias.close();
    weights.close();
  }
}
