package dev.eddy.benchmarks.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.Result;
import ai.onnxruntime.OrtSession.RunOptions;
import ai.onnxruntime.OrtSession;
import dev.eddy.benchmarks.work.StepCase;
import dev.eddy.benchmarks.work.StepWork;
import dev.eddy.model.spec.CellType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Steps a layer with inputs and outputs bound to buffers. The state stays in them: what one run
 * writes the next one reads, so that two sets of buffers take turns.
 */
final class OnnxStep implements StepWork {
  private final StepCase step;
  private final OrtSession session;
  private final float[] inputs; // [rows, D]
  private final float[] outputs; // [rows, H]
  private final Bound input;
  private final List<Map<String, Bound>> states = new ArrayList<>(); // two, by name
  private final List<Map<String, OnnxTensor>> from = new ArrayList<>();
  private final List<Map<String, OnnxTensor>> to = new ArrayList<>();
  private final RunOptions options = new RunOptions();
  private int newest;

  OnnxStep(StepCase step, OrtSession session) throws OrtException {
    this.step = step;
    this.session = session;
    this.inputs = step.inputs();
    this.outputs = new float[step.rows() * step.hidden()];
    this.input = Bound.of(1, step.rows(), step.hidden());
    Set<String> names = step.cell() == CellType.LSTM ? Set.of("h", "c") : Set.of("h");
    for (int set = 0; set < 2; set++) {
      Map<String, Bound> state = new LinkedHashMap<>();
      Map<String, OnnxTensor> read = new LinkedHashMap<>(Map.of("x", input.tensor()));
      Map<String, OnnxTensor> written = new LinkedHashMap<>();
      for (String name : names) {
        Bound bound = Bound.of(1, step.rows(), step.hidden());
        state.put(name, bound);
        read.put(name, bound.tensor());
        written.put(name + "'", bound.tensor());
      }
      states.add(state);
      from.add(read);
      to.add(written);
    }
  }

  @Override
  public void run() {
    input.values().put(0, inputs);
    int next = 1 - newest;
    try (Result result = session.run(from.get(newest), Set.of(), to.get(next), options)) {
      newest = next;
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
    newest("h").values().get(0, outputs);
  }

  private Bound newest(String name) {
    Bound bound = states.get(newest).get(name);
    if (bound == null) {
      throw new IllegalArgumentException("state " + name + " of " + step.cell() + ": none");
    }
    return bound;
  }

  @Override
  public float[] outputs() {
    return outputs;
  }

  @Override
  public float[] states() {
    int size = step.hidden();
    int width = step.shape().stateSize();
    float[] all = new float[step.rows() * width];
    for (int row = 0; row < step.rows(); row++) {
      newest("h").values().get(row * size, all, row * width, size);
      if (step.cell() == CellType.LSTM) {
        newest("c").values().get(row * size, all, row * width + size, size);
      }
    }
    return all;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
    options.close();
    input.close();
    states.forEach(state -> state.values().forEach(Bound::close));
  }
}
