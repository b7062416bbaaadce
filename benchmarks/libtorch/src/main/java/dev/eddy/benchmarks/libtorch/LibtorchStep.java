package dev.eddy.benchmarks.libtorch;

import dev.eddy.benchmarks.work.StepCase;
import dev.eddy.benchmarks.work.StepWork;
import dev.eddy.model.spec.CellType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;

/**
 * Steps a layer in whichever of libtorch's own ways is fastest for its sizes, a sequence of one
 * step or a cell, found by trying. The state stays in libtorch's tensors.
 */
final class LibtorchStep implements StepWork {
  private static final long TRIAL_NANOSECONDS = 60_000_000;

  private final StepCase step;
  private final float[] inputs; // [rows, D]
  private final float[] outputs; // [rows, H]
  private final Tensor input; // [rows, D]
  private final FloatPointer inputPointer;
  private final Recurrence recurrence;

  LibtorchStep(StepCase step) {
    this.step = step;
    this.inputs = step.inputs();
    this.outputs = new float[step.rows() * step.hidden()];
    this.input = Tensors.of(inputs, step.rows(), step.hidden());
    this.inputPointer = input.data_ptr_float();
    this.recurrence = fastest();
  }

  private Recurrence fastest() {
    if (step.cell() == CellType.SRU) {
      return new SruRecurrence(step, input);
    }
    List<Supplier<Recurrence>> ways = new ArrayList<>();
    ways.add(() -> new SequenceRecurrence(step, input));
    ways.add(() -> new CellRecurrence(step, input));
    double best = Double.MAX_VALUE;
    Supplier<Recurrence> chosen = ways.get(0);
    for (int pass = 0; pass < 2; pass++) { // the first one runs code that is not compiled yet
      for (Supplier<Recurrence> way : ways) {
        double time = trial(way);
        if (pass > 0 && time < best) {
          best = time;
          chosen = way;
        }
      }
    }
    return chosen.get();
  }

  /** Nanoseconds of the fastest of a few steps, which other processes have disturbed least. */
  private static double trial(Supplier<Recurrence> way) {
    try (Recurrence recurrence = way.get()) {
      for (int warm = 0; warm < 3; warm++) {
        recurrence.step();
      }
      long begin = System.nanoTime();
      long least = Long.MAX_VALUE;
      for (long last = begin; last - begin < TRIAL_NANOSECONDS; ) {
        recurrence.step();
        long now = System.nanoTime();
        least = Math.min(least, now - last);
        last = now;
      }
      System.err.println(recurrence.name() + ": " + least + " ns");
      return least;
    }
  }

  @Override
  public void run() {
    inputPointer.put(inputs, 0, inputs.length);
    recurrence.step();
    Tensors.read(recurrence.output(), outputs);
  }

  @Override
  public float[] outputs() {
    return outputs;
  }

  @Override
  public float[] states() {
    Tensor cell = recurrence.cell();
    float[] h = new float[outputs.length];
    Tensors.read(recurrence.output(), h);
    if (cell == null) {
      return h;
    }
    float[] c = new float[outputs.length];
    Tensors.read(cell, c);
    return step.cell() == CellType.SRU ? c : beside(h, c, step.hidden());
  }

  /** Rows of h, then c. */
  private static float[] beside(float[] h, float[] c, int size) {
    float[] both = new float[2 * h.length];
    for (int at = 0; at < h.length; at += size) {
      System.arraycopy(h, at, both, 2 * at, size);
      System.arraycopy(c, at, both, 2 * at + size, size);
    }
    return both;
  }

  @Override
  public void close() {
    recurrence.close();
    input.close();
  }
}
