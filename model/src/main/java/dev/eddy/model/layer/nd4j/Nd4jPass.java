package dev.eddy.model.layer.nd4j;

import dev.eddy.model.layer.pass.CellPass;
import dev.eddy.model.layer.pass.NamedArrays;
import dev.eddy.model.layer.pass.TimeMajor;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.BooleanIndexing;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.indexing.conditions.Conditions;

/**
 * A pass in ND4J's operations, for a GPU or a JVM without the vector module. Row {@code t * B + b}
 * is sequence b at step t. What is kept from forward to backward lies in arrays that grow to the
 * largest batch, because ND4J frees late.
 */
abstract class Nd4jPass implements CellPass {
  final int inputs; // D
  final int hidden; // H
  final int blocks; // of the weight's columns

  int batch;
  int steps;
  private final Map<String, Kept> kept = new HashMap<>();
  private @Nullable INDArray mask; // [rows, H], each row of one value
  private @Nullable INDArray outputGradient; // [rows, H]

  Nd4jPass(int inputs, int hidden, int blocks) {
    this.inputs = inputs;
    this.hidden = hidden;
    this.blocks = blocks;
  }

  @Override
  public final void forward(
      Map<String, INDArray> parameters,
      Map<String, INDArray> initial,
      @Nullable INDArray newMask,
      INDArray input,
      INDArray output) {
    batch = Math.toIntExact(input.size(0));
    steps = Math.toIntExact(input.size(2));
    INDArray x = kept("x", inputs).assign(TimeMajor.matrix(input).transpose());
    mask = newMask == null ? null : readMask(newMask, x);
    INDArray gates = kept("gates", blocks * hidden);
    multiply(x, NamedArrays.get(parameters, NamedArrays.WEIGHT), gates, 0);
    begin(parameters, initial);
    for (int step = 0; step < steps; step++) {
      forward(step, parameters, rows(gates, step));
    }
    TimeMajor.matrix(output).transpose().assign(outputs());
  }

  @Override
  public final void backward(
      Map<String, INDArray> parameters,
      INDArray newOutputGradient,
      int firstStep,
      Map<String, INDArray> gradients,
      @Nullable INDArray inputGradient) {
    outputGradient =
        kept("outputGradient", hidden).assign(TimeMajor.matrix(newOutputGradient).transpose());
    INDArray gates = kept("gates", blocks * hidden);
    gradients.values().forEach(gradient -> gradient.assign(0));
    beginBackward();
    for (int step = steps - 1; step >= 0; step--) {
      if (step >= firstStep) {
        backward(step, parameters, rows(gates, step), gradients);
      } else {
        clear(step, rows(gates, step));
      }
    }
    INDArray x = kept("x", inputs);
    multiplyTransposed(x, gates, NamedArrays.get(gradients, NamedArrays.WEIGHT));
    gradients(gates, gradients);
    if (inputGradient != null) {
      INDArray target = TimeMajor.matrix(inputGradient).transpose();
      multiplyByTransposed(gates, NamedArrays.get(parameters, NamedArrays.WEIGHT), target, 0);
      addToInputGradient(target);
    }
  }

  /** Makes room for a batch, takes its initial state, and adds the bias to the gates. */
  abstract void begin(Map<String, INDArray> parameters, Map<String, INDArray> initial);

  /** One step forward; {@code gates} hold the product with the inputs, [B, blocks * H]. */
  abstract void forward(int step, Map<String, INDArray> parameters, INDArray gates);

  /** h, [rows, H]. */
  abstract INDArray outputs();

  /** Prepares a walk back. */
  abstract void beginBackward();

  /** One step back; leaves the gradient by the gates' arguments in {@code gates}. */
  abstract void backward(
      int step, Map<String, INDArray> parameters, INDArray gates, Map<String, INDArray> gradients);

  /** Adds the gradients that need all steps. */
  void gradients(INDArray gates, Map<String, INDArray> gradients) {}

  /** Clears what a step keeps whose errors do not flow back. */
  void clear(int step, INDArray gates) {
    gates.assign(0);
  }

  /** What reaches the inputs otherwise than by the weight, [rows, D]. */
  void addToInputGradient(INDArray target) {}

  /** An array of one row for each step of each sequence, or also for the initial state. */
  final INDArray kept(String name, int width) {
    return kept(name, (long) batch * steps, width);
  }

  final INDArray kept(String name, long rows, int width) {
    Kept array = kept.get(name);
    if (array == null || array.view.rows() != rows) {
      array = new Kept(room(array, rows, width), rows);
      kept.put(name, array);
    }
    return array.view;
  }

  private static INDArray room(@Nullable Kept present, long rows, int width) {
    if (present != null) {
      if (present.room.rows() >= rows) {
        return present.room;
      }
      Nd4j.getExecutioner().commit();
      present.room.close();
    }
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return Nd4j.createUninitialized(DataType.FLOAT, new long[] {rows, width}, 'c');
    }
  }

  /** States from the initial one on, [rows + B, H]. */
  private INDArray states(String name) {
    return kept(name, (long) batch * (steps + 1), hidden);
  }

  /** The state before a step. */
  final INDArray state(String name, int step) {
    return rows(states(name), step);
  }

  /** Makes room for states and takes the initial one over. */
  final void states(String name, @Nullable INDArray initial) {
    INDArray states = states(name);
    if (initial == null) {
      rows(states, 0).assign(0);
    } else {
      CellPass.checkState(initial, batch);
      rows(states, 0).assign(initial);
    }
  }

  /** A copy of the state after the last step. */
  final INDArray last(String name) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return state(name, steps).dup('c');
    }
  }

  /** All but the first step's rows, or all but the last's. */
  final INDArray states(String name, int from) {
    return states(name)
        .get(
            NDArrayIndex.interval((long) from * batch, (long) (from + steps) * batch),
            NDArrayIndex.all());
  }

  /** The rows of a step. */
  final INDArray rows(INDArray array, int step) {
    return array.get(
        NDArrayIndex.interval((long) step * batch, (step + 1L) * batch), NDArrayIndex.all());
  }

  /** One of the blocks of H columns. */
  final INDArray block(INDArray array, int block) {
    return array.get(
        NDArrayIndex.all(), NDArrayIndex.interval((long) block * hidden, (block + 1L) * hidden));
  }

  /** The gradient by h of a step, from above; zero where masked. */
  final INDArray outputGradient(int step) {
    return masked(step, rows(Objects.requireNonNull(outputGradient), step));
  }

  /** Clears those rows whose mask is 0. */
  final INDArray masked(int step, INDArray rows) {
    INDArray present = mask;
    if (present != null) {
      replaceMasked(rows, rows(present, step));
    }
    return rows;
  }

  /** Puts 0 where the mask is 0, which a product would not do of a NaN. */
  private static void replaceMasked(INDArray values, INDArray mask) {
    BooleanIndexing.assignIf(values, mask, Conditions.equals(0));
  }

  /** The mask, a value for each unit; clears what stands under it in x, which may be anything. */
  private INDArray readMask(INDArray newMask, INDArray x) {
    INDArray column = newMask.castTo(DataType.FLOAT).permute(1, 0).dup('c').reshape(-1, 1);
    INDArray inputMask = kept("inputMask", inputs);
    inputMask.assign(0).addiColumnVector(column);
    replaceMasked(x, inputMask);
    return kept("mask", hidden).assign(0).addiColumnVector(column);
  }

  /** result = rows · weight + beta · result. */
  static void multiply(INDArray rows, INDArray weight, INDArray result, double beta) {
    Nd4j.gemm(weight.transpose(), rows.transpose(), result.transpose(), false, false, 1, beta);
  }

  /** result = rows · weightᵀ + beta · result. */
  static void multiplyByTransposed(INDArray rows, INDArray weight, INDArray result, double beta) {
    Nd4j.gemm(weight.transpose(), rows.transpose(), result.transpose(), true, false, 1, beta);
  }

  /** result = rowsᵀ · gradients. */
  static void multiplyTransposed(INDArray rows, INDArray gradients, INDArray result) {
    Nd4j.gemm(gradients.transpose(), rows.transpose(), result.transpose(), false, true, 1, 0);
  }

  /** x ⊙ (1 − x) ⊙ factor, a new array: the way back through a σ. */
  static INDArray throughSigmoid(INDArray gate, INDArray factor) {
    return gate.rsub(1).muli(gate).muli(factor);
  }

  /** (1 − x²) ⊙ factor, a new array: the way back through a tanh. */
  static INDArray throughTanh(INDArray value, INDArray factor) {
    return value.mul(value).rsubi(1).muli(factor);
  }

  /** Memory for the most rows so far, and its first rows. */
  private static final class Kept {
    final INDArray room;
    final INDArray view;

    Kept(INDArray room, long rows) {
      this.room = room;
      this.view =
          room.rows() == rows ? room : room.get(NDArrayIndex.interval(0, rows), NDArrayIndex.all());
    }
  }
}
