package dev.eddy.benchmarks.libtorch;

import dev.eddy.benchmarks.work.Floats;
import dev.eddy.benchmarks.work.TrainCase;
import dev.eddy.benchmarks.work.TrainWork;
import dev.eddy.model.spec.CellType;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Updates with libtorch: its sequence operator, a linear head, squared error, its Adam. */
final class LibtorchTraining implements TrainWork {
  private static final int SUM = 2; // at::Reduction::Sum

  private final CellType cell;
  private final Tensor features; // [T, B, D]
  private final Tensor labels; // [T, B, O]
  private final Tensor zeros; // [1, B, H]
  private final TensorVector states;
  private final TensorVector parameters;
  private final Tensor headWeight; // [O, H]
  private final TensorOptional headBias; // [O]
  private final Scalar share = new Scalar(1.0 / (TrainCase.BATCH * TrainCase.OUTPUTS));
  private final Adam adam;
  private double loss;

  LibtorchTraining(TrainCase training) {
    if (training.cell() != CellType.LSTM && training.cell() != CellType.GRU) {
      throw new UnsupportedOperationException("only LSTM and GRU are of interest");
    }
    int size = training.hidden();
    this.cell = training.cell();
    this.features = Tensors.of(training.inputs(), TrainCase.STEPS, TrainCase.BATCH, size);
    this.labels =
        Tensors.of(training.labels(), TrainCase.STEPS, TrainCase.BATCH, TrainCase.OUTPUTS);
    this.zeros = Tensors.zeros(1, TrainCase.BATCH, size);
    this.states = new TensorVector(zeros, zeros);
    this.parameters = new CellWeights(training.weights()).all();
    this.headWeight =
        Tensors.of(
            Floats.transposed(training.head(), size, TrainCase.OUTPUTS), TrainCase.OUTPUTS, size);
    Tensor bias = Tensors.zeros(TrainCase.OUTPUTS);
    TensorVector trained = new TensorVector(headWeight, bias);
    for (long i = 0; i < parameters.size(); i++) {
      trained.push_back(parameters.get(i));
    }
    for (long i = 0; i < trained.size(); i++) {
      trained.get(i).requires_grad_(true);
    }
    this.headBias = new TensorOptional(bias);
    this.adam = new Adam(trained, new AdamOptions(TrainCase.LEARNING_RATE));
  }

  @Override
  public void run() {
    try (PointerScope scope = new PointerScope()) {
      Tensor outputs = torch.linear(layer(), headWeight, headBias);
      Tensor total = torch.mse_loss(outputs, labels, SUM).mul(share);
      adam.zero_grad();
      total.backward();
      adam.step();
      loss = total.item_float();
    }
  }

  /** The layer's outputs, [T, B, H]. */
  private Tensor layer() {
    return cell == CellType.LSTM
        ? torch.lstm(features, states, parameters, true, 1, 0, true, false, false).get0()
        : torch.gru(features, zeros, parameters, true, 1, 0, true, false, false).get0();
  }

  @Override
  public double loss() {
    return loss;
  }
}
